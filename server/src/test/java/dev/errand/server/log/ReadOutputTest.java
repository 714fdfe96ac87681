package dev.errand.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Map.Entry;
import java.util.TreeMap;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `errand read` as the launcher starts it: from the server's jars, in a process of its own.
class ReadOutputTest {
  private static final Map<FontName, String> WORDS =
      new TreeMap<>(
          Map.of(
              FontName.COURIER_BOLD, "air that moves.",
              FontName.HELVETICA, "is ",
              FontName.TIMES_ROMAN, "Wind "));

  @TempDir Path folder;

  /// PDFBox warns of each of these fonts for which the machine has none that fits.
  @Test
  void a_pdf_without_its_fonts_is_printed_as_its_text_and_nothing_else() throws Exception {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");

    Process read =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.errand.handlers.read.command.ReadMain",
                pdf().toString())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();

    assertThat(read.waitFor()).isZero();
    assertThat(Files.readString(out).strip()).isEqualTo("Wind is air that moves.");
    assertThat(Files.readString(err)).isEmpty();
  }

  private Path pdf() throws IOException {
    try (PDDocument pdf = new PDDocument()) {
      PDPage page = new PDPage();
      pdf.addPage(page);
      try (PDPageContentStream content = new PDPageContentStream(pdf, page)) {
        content.beginText();
        content.newLineAtOffset(50, 700);
        for (Entry<FontName, String> words : WORDS.entrySet()) {
          content.setFont(new PDType1Font(words.getKey()), 12);
          content.showText(words.getValue());
        }
        content.endText();
      }
      Path file = folder.resolve("wind.pdf");
      pdf.save(file.toFile());
      return file;
    }
  }
}
