package dev.errand.bench.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.handlers.corpus.Corpora;
import dev.errand.handlers.json.JacksonJson;
import dev.errand.handlers.read.Reader;
import dev.errand.handlers.research.Outside;
import dev.errand.handlers.research.ResearchHandler;
import dev.errand.handlers.research.ResearchParams;
import dev.errand.testkit.attempt.RecordingAttempt;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A verifier that finds nothing wrong is worth as much as what it would find.
class ReportVerifierTest {
  @TempDir private Path folder;
  private String markdown;
  private String json;
  private String evidence;

  ReportVerifierTest() {
    markdown = json = evidence = "";
  }

  @BeforeEach
  void aReport() throws Exception {
    var docs = Files.createDirectory(folder.resolve("docs"));
    Files.writeString(
        docs.resolve("tea.html"),
        "<title>Tea</title><h1>Tea</h1><p>Green tea is steeped for <b>two</b> minutes at most.</p>");
    var handler =
        new ResearchHandler(
            new Corpora(folder.resolve("home"), new Reader()),
            List.of(docs),
            Outside.of(address -> {
              throw new FileNotFoundException(address.toString());
            }),
            Optional.empty(),
            new JacksonJson());
    var attempt = new RecordingAttempt(new JacksonJson());
    handler.handle(
        ResearchParams.of("How long is green tea steeped?", List.of(docs.toString()), List.of()),
        attempt);
    markdown = attempt.stored("report_markdown").text();
    json = attempt.stored("report_json").text();
    evidence = attempt.stored("evidence").text();
  }

  @Test
  void a_true_report_is_found_true_in_all_three_artifacts() throws IOException {
    var verdict = ReportVerifier.verify(markdown, json, evidence);
    assertThat(verdict.problems()).isEmpty();
    assertThat(verdict.found()).isEqualTo(verdict.quotes()).isEqualTo(3);
  }

  @Test
  void a_changed_word_is_noticed_wherever_it_is() throws IOException {
    assertThat(problems(changed(markdown), json, evidence))
        .containsExactly("Not in its document: Green tea is steeped for ten minutes at most.");
    assertThat(problems(markdown, changed(json), evidence)).hasSize(2);
    assertThat(problems(markdown, json, changed(evidence))).hasSize(2);
  }

  @Test
  void a_number_without_a_source_is_noticed() throws IOException {
    assertThat(problems(markdown.replace("” [1]", "” [4]"), json, evidence))
        .containsExactly("Cites [4], which is no source");
  }

  @Test
  void markup_that_came_to_life_is_noticed() throws IOException {
    assertThat(problems(markdown + "\n[x](http://evil.example/) <b>\n", json, evidence))
        .containsExactly(
            "Came to life in report.md: link to http://evil.example/",
            "Came to life in report.md: <b>");
  }

  @Test
  void a_document_that_changed_since_is_noticed() throws IOException {
    Files.writeString(folder.resolve("docs/tea.html"), "<p>Nothing.</p>");
    assertThat(problems(markdown, json, evidence)).hasSize(5);
  }

  @Test
  void a_number_or_a_name_that_no_source_holds_is_noticed() throws IOException {
    assertThat(problems(markdown.replace("for two minutes", "for 12 minutes"), json, evidence))
        .contains("No source speaks of 12");
    assertThat(problems(markdown.replace("Green tea", "Earl Grey"), json, evidence))
        .contains("No source speaks of Earl", "No source speaks of Grey");
  }

  private static String changed(String text) {
    return text.replace("for two minutes", "for ten minutes");
  }

  private static List<String> problems(String markdown, String json, String evidence)
      throws IOException {
    return ReportVerifier.verify(markdown, json, evidence).problems();
  }
}
