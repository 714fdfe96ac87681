package dev.errand.bench.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownPageTest {
  @TempDir Path folder;

  @Test
  void a_page_comes_with_its_type_and_text() throws IOException {
    write("0001", "<p>Hello", "article", "Hello");
    assertThat(KnownPage.in(folder))
        .singleElement()
        .satisfies(page -> {
          assertThat(page.name()).isEqualTo("0001");
          assertThat(page.type()).isEqualTo("article");
          assertThat(page.text()).isEqualTo("Hello");
          assertThat(page.html().bytes()).asString(StandardCharsets.UTF_8).isEqualTo("<p>Hello");
        });
  }

  @Test
  void pages_of_a_domain_are_of_one_site() {
    assertThat(KnownPage.site("https://docs.example.org/a")).isEqualTo("example.org");
    assertThat(KnownPage.site("https://example.org:8080")).isEqualTo("example.org");
    assertThat(KnownPage.site("https://www.shop.example.co.uk/?q=a.b")).isEqualTo("example.co.uk");
    assertThat(KnownPage.site("")).isEmpty();
  }

  @Test
  void the_halves_share_no_page_and_have_as_many_of_each_type() throws IOException {
    for (int i = 1; i <= 4; i++) {
      write("a" + i, "<p>", "article", "");
      write("f" + i, "<p>", "forum", "");
    }
    List<KnownPage> pages = KnownPage.in(folder);
    assertThat(KnownPage.half(pages, 0))
        .extracting(KnownPage::name)
        .containsExactly("a1", "a3", "f1", "f3");
    assertThat(KnownPage.half(pages, 1))
        .extracting(KnownPage::name)
        .containsExactly("a2", "a4", "f2", "f4");
  }

  private void write(String name, String html, String type, String text) throws IOException {
    Path zipped = Files.createDirectories(folder.resolve("html")).resolve(name + ".html.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
      out.write(html.getBytes(StandardCharsets.UTF_8));
    }
    Files.writeString(
        Files.createDirectories(folder.resolve("truth")).resolve(name + ".json"),
        """
        {"ground_truth": {"main_content": "%s"}, "_internal": {"page_type": {"primary": "%s"}}}
        """
            .formatted(text, type));
  }
}
