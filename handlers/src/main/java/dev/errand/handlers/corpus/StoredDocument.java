package dev.errand.handlers.corpus;

import dev.errand.engine.hash.Sha256;
import dev.errand.handlers.read.Document;
import dev.errand.handlers.read.Reader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A document as it was when it was read. Immutable.
///
/// @param location the absolute path of a file or the address of a page
/// @param sha256 of the bytes that were read
/// @param textSha256 of the document's text as UTF-8
/// @param linkShare 0 to 1: how much of the text is links; near 1 for a table of contents
/// @param fingerprint the text's [SimHash]
public record StoredDocument(
    String location,
    String sha256,
    String textSha256,
    double linkShare,
    long fingerprint,
    Document content) {
  private static final double MOSTLY_LINKS = 0.5;

  /// The document in a file's bytes; its links stay as they are written.
  static StoredDocument ofFile(Path file, byte[] bytes, String sha256, Reader reader) {
    return of(file.toString(), sha256, reader.read(bytes, DocumentFiles.mediaType(file), null));
  }

  /// Reads a file again, as it was read for the index.
  public static StoredDocument ofFile(Path file, Reader reader) throws IOException {
    var bytes = Files.readAllBytes(file);
    return ofFile(file, bytes, Sha256.hex(bytes), reader);
  }

  /// @param sha256 of the bytes in which `content` was read
  public static StoredDocument of(String location, String sha256, Document content) {
    return new StoredDocument(
        location,
        sha256,
        Sha256.hex(content.text()),
        linkShare(content),
        SimHash.of(content.text()),
        content);
  }

  private static double linkShare(Document content) {
    long linked = content.links().stream().mapToLong(link -> link.text().length()).sum();
    return content.text().isEmpty() ? 1 : Math.min(1, (double) linked / content.text().length());
  }

  public String text() {
    return content.text();
  }

  /// Whether more than half of its text is links, as in a table of contents.
  public boolean isMostlyLinks() {
    return linkShare > MOSTLY_LINKS;
  }

  /// Whether its text is nearly the same as that of `other`.
  public boolean resembles(StoredDocument other) {
    return textSha256.equals(other.textSha256) || SimHash.resemble(fingerprint, other.fingerprint);
  }
}
