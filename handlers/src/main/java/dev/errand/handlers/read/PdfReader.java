package dev.errand.handlers.read;

import dev.errand.handlers.read.Document.Kind;
import java.io.IOException;
import java.util.Calendar;
import java.util.List;
import java.util.Optional;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.text.PDFTextStripper;
import org.jspecify.annotations.Nullable;

/// Reads the text of PDF files, without headers, footers and page numbers; what is only pictures
/// has none. Thread-safe.
final class PdfReader {
  private static final int MAX_PAGES = 500;
  private static final String DAMAGED = "this PDF is damaged";
  private static final String PARAGRAPH_END = "\u2029";
  private static final String PAGE_END = "\f";

  Document read(byte[] content) {
    try (PDDocument pdf = Loader.loadPDF(content)) {
      return read(pdf);
    } catch (IOException | RuntimeException | StackOverflowError _) {
      // Broken or locked; the parser says so in many ways, and a cycle in the file may have no end.
      return Document.nothing();
    }
  }

  /// Why there is nothing to read, in words for a person; empty where there are pages, which may be
  /// pictures.
  static Optional<String> obstacle(byte[] content) {
    try (PDDocument pdf = Loader.loadPDF(content)) {
      text(pdf);
      return pdf.getNumberOfPages() == 0 ? Optional.of(DAMAGED) : Optional.empty();
    } catch (InvalidPasswordException _) {
      return Optional.of("this PDF is locked with a password");
    } catch (IOException | RuntimeException | StackOverflowError _) {
      return Optional.of(DAMAGED);
    }
  }

  private static Document read(PDDocument pdf) throws IOException {
    Manuscript manuscript = new Manuscript();
    List<String> pages = RunningLines.removed(List.of(text(pdf).split(PAGE_END, -1)));
    for (String paragraph : String.join("", pages).split(PARAGRAPH_END, -1)) {
      manuscript.add(paragraph.replaceAll("(?<=\\p{Ll})-\\R(?=\\p{Ll})", ""));
      manuscript.end(Kind.PARAGRAPH);
    }
    return manuscript.blocks().isEmpty()
        ? Document.nothing()
        : document(pdf.getDocumentInformation(), manuscript);
  }

  private static String text(PDDocument pdf) throws IOException {
    PDFTextStripper stripper = new PDFTextStripper();
    stripper.setEndPage(MAX_PAGES);
    stripper.setParagraphEnd(PARAGRAPH_END);
    stripper.setPageEnd(PAGE_END);
    return stripper.getText(pdf);
  }

  private static Document document(PDDocumentInformation about, Manuscript manuscript) {
    return new Document(
        manuscript.text(),
        clean(about.getTitle()),
        clean(about.getAuthor()),
        Optional.ofNullable(about.getCreationDate())
            .map(Calendar::toInstant)
            .map(Object::toString)
            .orElse(null),
        null,
        manuscript.blocks(),
        manuscript.marks(),
        List.of(),
        Document.FILE,
        "pdf",
        0.7);
  }

  private static @Nullable String clean(@Nullable String said) {
    return Optional.ofNullable(said)
        .map(Manuscript::clean)
        .filter(text -> !text.isEmpty())
        .orElse(null);
  }
}
