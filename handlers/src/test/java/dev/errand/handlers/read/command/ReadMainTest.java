package dev.errand.handlers.read.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReadMainTest {
  private static final String PAGE =
      """
      <!doctype html><html lang=en><title>On Wind</title><body><article><h1>On Wind</h1><p>%s</p>
      <p>%s <a href="https://example.org/sea">the sea</a>.</p></article></body></html>
      """
          .formatted(
              "Wind is air that moves from where there is much of it to where there is less. "
                  .repeat(3),
              "It carries seeds, sand and the smell of ");

  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void one_file_is_printed_as_its_text() throws Exception {
    assertThat(run(page("wind.html"))).isZero();
    assertThat(out.toString(UTF_8)).startsWith("On Wind\n\nWind is air").doesNotContain("<p>");
  }

  @Test
  void as_markdown_it_keeps_its_headings() throws Exception {
    assertThat(run("--format", "markdown", page("wind.html"))).isZero();
    assertThat(out.toString(UTF_8)).startsWith("# On Wind\n\nWind is air");
  }

  @Test
  void several_are_lines_of_json_in_order_and_one_that_fails_stops_no_other() throws Exception {
    String missing = folder.resolve("missing.html").toString();
    String wind = page("wind.html");
    String notes = Files.writeString(folder.resolve("notes.md"), "# Notes\n\nTo do.").toString();
    assertThat(run(wind, missing, notes, folder.toString())).isEqualTo(1);
    List<JsonNode> lines = lines();
    assertThat(lines).hasSize(4);
    assertThat(lines.get(0).path("file").asString()).isEqualTo(wind);
    assertThat(lines.get(0).path("title").asString()).isEqualTo("On Wind");
    assertThat(lines.get(0).path("language").asString()).isEqualTo("en");
    assertThat(lines.get(0).path("confidence").asDouble()).isBetween(0.1, 1.0);
    assertThat(lines.get(0).at("/links/0/url").asString()).isEqualTo("https://example.org/sea");
    assertThat(lines.get(1).path("error").asString()).isEqualTo("there is no such file");
    assertThat(lines.get(2).path("strategy").asString()).isEqualTo("markdown");
    assertThat(lines.get(2).path("type").asString()).isEqualTo("file");
    assertThat(lines.get(3).path("error").asString()).isEqualTo("this is a folder");
  }

  @Test
  void packed_files_and_what_comes_in_are_read() throws Exception {
    Path zipped = folder.resolve("wind.html.gz");
    try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(zipped))) {
      gzip.write(PAGE.getBytes(UTF_8));
    }
    assertThat(run("--format=json", zipped.toString(), "-")).isZero();
    assertThat(lines())
        .extracting(line -> line.path("text").asString())
        .allSatisfy(text -> assertThat(text).contains("Wind is air"));
  }

  @Test
  void a_file_without_text_says_so() throws Exception {
    String empty = Files.writeString(folder.resolve("empty.html"), "<html></html>").toString();
    assertThat(run("--format", "json", empty)).isZero();
    assertThat(lines().getFirst().path("strategy").asString()).isEqualTo("none");
    assertThat(run(empty)).isZero();
    assertThat(err.toString(UTF_8)).contains("no text was found");
  }

  @Test
  void what_can_have_no_text_is_an_error_that_says_what_it_is() throws Exception {
    String broken = Files.writeString(folder.resolve("broken.pdf"), "%PDF-1.7\ngarbage").toString();
    byte[] png = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13};
    String picture = Files.write(folder.resolve("page.html"), png).toString();

    assertThat(run(broken, picture)).isEqualTo(1);
    assertThat(lines().get(0).path("error").asString()).isEqualTo("this PDF is damaged");
    assertThat(lines().get(1).path("error").asString()).startsWith("this is a PNG picture");
    assertThat(lines().get(1).has("text")).isFalse();
    assertThat(run(broken)).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("broken.pdf: this PDF is damaged");
  }

  @Test
  void what_is_neither_a_file_nor_a_page_is_told_so() throws Exception {
    assertThat(run("ftp://example.org/x")).isEqualTo(1);
    assertThat(run("")).isEqualTo(2);
    assertThat(err.toString(UTF_8))
        .contains("ftp://example.org/x: an address starts with http:// or https://")
        .contains("'' is the name of no FILE and no URL.");
  }

  @Test
  void nothing_inside_is_fetched() throws Exception {
    assertThat(run("--format", "json", "http://127.0.0.1/")).isEqualTo(1);
    assertThat(lines().getFirst().path("url").asString()).isEqualTo("http://127.0.0.1/");
    assertThat(lines().getFirst().path("error").asString()).contains("public internet");
  }

  @Test
  void what_is_not_understood_is_said() throws Exception {
    assertThat(run()).isEqualTo(2);
    assertThat(run("--format", "xml", "a")).isEqualTo(2);
    assertThat(run("--frmat", "a")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("FILE or URL", "'xml'", "'--frmat'");
  }

  private String page(String name) throws IOException {
    return Files.writeString(folder.resolve(name), PAGE).toString();
  }

  private List<JsonNode> lines() {
    return out.toString(UTF_8).lines().map(JsonMapper.shared()::readTree).toList();
  }

  private int run(String... words) throws InterruptedException {
    PrintStream printed = new PrintStream(out, true, UTF_8);
    return ReadMain.run(
        List.of(words),
        Map.of(),
        new ByteArrayInputStream(PAGE.getBytes(UTF_8)),
        printed,
        new PrintStream(err, true, UTF_8));
  }
}
