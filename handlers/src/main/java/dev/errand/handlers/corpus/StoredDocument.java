package dev.errand.handlers.corpus;

import dev.errand.handlers.read.Document;

/// A document as it was when it was read.
///
/// @param location the absolute path of a file or the address of a page
/// @param sha256 of the bytes that were read
/// @param textSha256 of the document's text as UTF-8
/// @param linkShare 0 to 1: how much of the text is links; near 1 for a table of contents
/// @param fingerprint equal or nearly equal for documents that say nearly the same
public record StoredDocument(
    String location,
    String sha256,
    String textSha256,
    double linkShare,
    long fingerprint,
    Document content) {

  /// @param sha256 of the bytes in which `content` was read
  public static StoredDocument of(String location, String sha256, Document content) {
    return new StoredDocument(
        location,
        sha256,
        Hash.of(content.text()),
        linkShare(content),
        Fingerprint.of(content.text()),
        content);
  }

  private static double linkShare(Document content) {
    long linked = content.links().stream().mapToLong(link -> link.text().length()).sum();
    return content.text().isEmpty() ? 1 : Math.min(1, (double) linked / content.text().length());
  }

  public String text() {
    return content.text();
  }

  /// Says nearly the same as `other`.
  public boolean resembles(StoredDocument other) {
    return textSha256.equals(other.textSha256)
        || Fingerprint.distance(fingerprint, other.fingerprint) <= Fingerprint.NEAR;
  }
}
