package dev.errand.handlers.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.handlers.corpus.Corpora;
import dev.errand.handlers.read.Reader;
import dev.errand.handlers.search.ProviderAnswer.Failed;
import dev.errand.handlers.search.ProviderAnswer.Found;
import dev.errand.handlers.search.provider.LocalDocs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalDocsTest {
  @TempDir Path folder;

  @Test
  void documents_are_found_by_their_best_passage_as_soon_as_they_are_there() throws Exception {
    Path docs = Files.createDirectory(folder.resolve("docs"));
    LocalDocs local = local(docs);
    assertThat(hits(local, "green tea")).isEmpty();

    Path tea = docs.resolve("tea.md");
    Files.writeString(tea, "# Tea\n\nGreen tea is steeped for two minutes.\n");
    Files.writeString(docs.resolve("coffee.md"), "# Coffee\n\nAn espresso takes half a minute.\n");

    assertThat(hits(local, "How long is green tea steeped?"))
        .first()
        .satisfies(hit -> {
          assertThat(hit.url()).isEqualTo(tea.toRealPath().toUri().toString());
          assertThat(hit.title()).isEqualTo("Tea");
          assertThat(hit.snippet()).contains("steeped for two minutes");
        });
    Files.delete(tea);
    assertThat(hits(local, "green tea")).isEmpty();
  }

  @Test
  void a_folder_that_is_not_there_is_told_without_its_path() throws Exception {
    Failed failed =
        (Failed) local(folder.resolve("nowhere")).search(FakeEngines.query("green tea"));

    assertThat(failed.message()).contains("SEARCH_LOCAL_DOCS").doesNotContain("nowhere");
  }

  private LocalDocs local(Path docs) {
    return new LocalDocs(
        new Corpora(folder.resolve("index"), new Reader()), List.of(docs), Optional.empty());
  }

  private static List<ProviderHit> hits(LocalDocs local, String text) throws Exception {
    return ((Found) local.search(FakeEngines.query(text))).hits();
  }
}
