package dev.errand.handlers.read;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.handlers.read.Document.Link;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.util.Random;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NullMarked
class FormatReadingTest {
  private final Reader reader = new Reader();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "<!-- x --><!DOCTYPE html><p>a  | text/plain       | short-page",
        "<?xml version='1.0'?><html><p>a | application/xml  | short-page",
        "<h1>a</h1><p>b                 |                  | short-page",
        "just words                     | text/html        | short-page",
        "<?xml version='1.0'?><a>b</a>  | text/xml         | xml",
        "<note>b</note>                 |                  | xml",
        "{\"a\": [1]}                   | text/html        | json",
        "[1, 2]                         |                  | json",
        "[see] this                     |                  | plain",
        "# Title                        | text/markdown    | markdown",
        "just words                     | text/plain       | plain",
        "just words                     |                  | plain",
        "a < b and b > c                |                  | plain",
      })
  void the_content_decides_what_it_is(String content, @Nullable String type, String strategy) {
    assertThat(reader.read(content.getBytes(UTF_8), type, null).strategy()).isEqualTo(strategy);
  }

  @Test
  void markdown_without_a_name_is_known_by_its_marks() {
    assertThat(read("Title\n=====\n\n- a\n- b\n\nSee [this](x.md).\n").strategy())
        .isEqualTo("markdown");
    assertThat(
            reader
                .read("words".getBytes(UTF_8), null, URI.create("file:///a/README.md"))
                .strategy())
        .isEqualTo("markdown");
  }

  @Test
  void markdown_becomes_blocks() {
    Document document =
        reader.read(
            """
            ---
            title: "The Guide"
            date: 2026-01-02
            ---
            # Guide

            Some *emphasis*, `code`
            and a [link](other.md "x").

            ## Steps

            1. first
            2. second
               - inner

            ```java
            int a = 1;
              a++;
            ```

            > quoted
            > twice

            | A | B |
            |---|---|
            | 1 | **2** |

            <div align="center">Raw <b>html</b></div>
            """
                .getBytes(UTF_8),
            "text/markdown",
            URI.create("https://example.org/docs/guide.md"));
    assertThat(document.title()).isEqualTo("The Guide");
    assertThat(document.published()).isEqualTo("2026-01-02");
    assertThat(document.links())
        .containsExactly(new Link("https://example.org/docs/other.md", "link"));
    assertThat(document.blocks())
        .extracting(
            block -> "%s %s %s".formatted(block.kind(), block.headings(), document.textOf(block)))
        .containsExactly(
            "HEADING [Guide] Guide",
            "PARAGRAPH [Guide] Some emphasis, code and a link.",
            "HEADING [Guide, Steps] Steps",
            "LIST_ITEM [Guide, Steps] first",
            "LIST_ITEM [Guide, Steps] second",
            "LIST_ITEM [Guide, Steps] inner",
            "CODE [Guide, Steps] int a = 1;\n  a++;",
            "QUOTE [Guide, Steps] quoted twice",
            "TABLE_ROW [Guide, Steps] A | B",
            "TABLE_ROW [Guide, Steps] 1 | 2",
            "PARAGRAPH [Guide, Steps] Raw html");
  }

  @Test
  void a_plain_text_keeps_paragraphs_and_what_is_laid_out_by_spaces() {
    Document document =
        read("One line\nand more.\r\n\r\nName     Price\nSaw      5\n\n\n    code();\n");
    assertThat(document.blocks())
        .extracting(block -> block.kind() + " " + document.textOf(block))
        .containsExactly(
            "PARAGRAPH One line and more.", "CODE Name     Price\nSaw      5", "CODE     code();");
  }

  @Test
  void a_pdf_is_read_whatever_it_is_called() throws IOException {
    Document document = reader.read(pdf("Wind is air that moves."), "text/html", null);
    assertThat(document.strategy()).isEqualTo("pdf");
    assertThat(document.text()).isEqualTo("Wind is air that moves.");
    assertThat(document.title()).isEqualTo("On Wind");
  }

  @Test
  void a_broken_pdf_has_no_text() throws IOException {
    byte[] pdf = pdf("Wind");
    byte[] half = java.util.Arrays.copyOf(pdf, pdf.length / 2);
    assertThat(reader.read(half, null, null).text()).doesNotContain("%PDF");
    assertThat(reader.read("%PDF-1.7 nothing".getBytes(UTF_8), null, null).strategy())
        .isEqualTo(Document.NOTHING_FOUND);
  }

  @Test
  void what_holds_no_text_is_said_to_be_what_it_is() {
    assertThat(obstacle("%PDF-1.7 nothing")).isEqualTo("this PDF is damaged");
    assertThat(obstacle("\u0089PNG\r\n\032\n\0\0\0")).startsWith("this is a PNG picture: it holds");
    assertThat(obstacle("\u00ff\u00d8\u00ff\u00e0\0\0\0")).startsWith("this is a JPEG picture");
    assertThat(obstacle("RIFF\0\0\0\0WEBPVP8 \0\0")).startsWith("this is a WebP picture");
    assertThat(obstacle("PK\3\4\0\0\0")).startsWith("this is a ZIP archive");
    assertThat(obstacle("\0\0\0\0")).startsWith("this is no text");
  }

  private static String obstacle(String content) {
    return Reader.obstacle(content.getBytes(ISO_8859_1), "text/html").orElse("none");
  }

  @Test
  void a_locked_pdf_is_said_to_be_locked_and_a_text_to_be_nothing_of_the_kind() throws IOException {
    assertThat(Reader.obstacle(locked(pdf("Wind")), null))
        .contains("this PDF is locked with a password");
    assertThat(Reader.obstacle(pdf("Wind"), null)).isEmpty();
    assertThat(Reader.obstacle("<html></html>".getBytes(UTF_8), null)).isEmpty();
    assertThat(Reader.obstacle(new byte[0], null)).isEmpty();
  }

  @Test
  void links_of_a_local_file_stay_as_they_are_written() {
    URI file = URI.create("file:///home/ada/notes/index");
    byte[] html = "<p>See <a href='/more'>more</a> and <a href=b.html>b</a>.".getBytes(UTF_8);
    byte[] markdown = "See [more](/more) and [b](b.html).".getBytes(UTF_8);

    assertThat(reader.read(html, "text/html", file).links())
        .containsExactly(new Link("/more", "more"), new Link("b.html", "b"));
    assertThat(reader.read(markdown, "text/markdown", file).links())
        .containsExactly(new Link("/more", "more"), new Link("b.html", "b"));
    assertThat(reader.read(html, "text/html", URI.create("https://example.org/a/")).links())
        .containsExactly(
            new Link("https://example.org/more", "more"),
            new Link("https://example.org/a/b.html", "b"));
  }

  @Test
  void a_day_that_never_was_is_no_date() {
    assertThat(writtenOn("2024-02-30")).isNull();
    assertThat(writtenOn("2024-02-29")).isEqualTo("2024-02-29");
    assertThat(writtenOn("next week")).isEqualTo("next week");
  }

  private @Nullable String writtenOn(String date) {
    String markdown = "---\ndate: %s\n---\n# Title\n".formatted(date);
    return reader.read(markdown.getBytes(UTF_8), "text/markdown", null).published();
  }

  @Test
  void bytes_that_are_no_text_are_not_shown_as_text() {
    byte[] noise = new byte[100_000];
    new Random(7).nextBytes(noise);
    for (String type :
        new String[] {"text/html", "text/plain", "text/markdown", "application/json"}) {
      assertThat(reader.read(noise, type, null).strategy())
          .as(type)
          .isEqualTo(Document.NOTHING_FOUND);
    }
    assertThat(reader.read(new byte[1_000], "text/plain", null).text()).isEmpty();
    assertThat(reader.read(new byte[0], null, null).strategy()).isEqualTo(Document.NOTHING_FOUND);
  }

  @ParameterizedTest
  @CsvSource({
    "UTF-8, text/plain",
    "windows-1252, text/plain",
    "windows-1252, text/plain; charset=iso-8859-1",
    "windows-1251, text/plain; charset=WINDOWS-1251",
    "GB18030, text/plain; charset=\"gb2312\"",
    "UTF-16BE, text/plain; charset=utf-16be",
    "UTF-16, text/plain",
    "UTF-8, text/plain; charset=nonsense",
  })
  void a_charset_is_found(String charset, String contentType) {
    String text =
        switch (charset) {
          case "windows-1251" -> "Съешь ещё этих булок";
          case "GB18030" -> "天地玄黄";
          default -> "Größe: 5 m² – «déjà vu»";
        };
    assertThat(reader.read(text.getBytes(Charset.forName(charset)), contentType, null).text())
        .isEqualTo(text);
  }

  @Test
  void a_byte_order_mark_is_stronger_than_the_header() {
    byte[] marked = "\ufeffGröße".getBytes(UTF_8);
    assertThat(reader.read(marked, "text/plain; charset=" + ISO_8859_1, null).text())
        .isEqualTo("Größe");
  }

  private Document read(String text) {
    return reader.read(text.getBytes(UTF_8), null, null);
  }

  private static byte[] locked(byte[] open) throws IOException {
    try (PDDocument pdf = Loader.loadPDF(open)) {
      pdf.protect(new StandardProtectionPolicy("owner", "user", new AccessPermission()));
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      pdf.save(out);
      return out.toByteArray();
    }
  }

  private static byte[] pdf(String line) throws IOException {
    try (PDDocument pdf = new PDDocument()) {
      PDPage page = new PDPage();
      pdf.addPage(page);
      pdf.getDocumentInformation().setTitle("On Wind");
      try (PDPageContentStream content = new PDPageContentStream(pdf, page)) {
        content.beginText();
        content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 12);
        content.newLineAtOffset(50, 700);
        content.showText(line);
        content.endText();
      }
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      pdf.save(out);
      return out.toByteArray();
    }
  }
}
