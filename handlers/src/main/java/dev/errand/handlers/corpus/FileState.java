package dev.errand.handlers.corpus;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// A file's state when it was read, by which to tell whether it must be read again.
///
/// @param modified in nanoseconds since 1970
/// @param sha256 of its bytes
/// @param readable whether text was found in it
record FileState(String location, long size, long modified, String sha256, boolean readable) {

  boolean fits(DocumentFiles.DocumentFile file) {
    return size == file.size() && modified == file.modified();
  }

  /// The same content under another size and time of modification.
  FileState touched(long newSize, long newModified) {
    return new FileState(location, newSize, newModified, sha256, readable);
  }

  byte[] toBytes() {
    return "%d %d %s %b %s"
        .formatted(size, modified, sha256, readable, location)
        .getBytes(StandardCharsets.UTF_8);
  }

  static FileState from(byte[] bytes, int offset, int length) {
    var parts = List.of(new String(bytes, offset, length, StandardCharsets.UTF_8).split(" ", 5));
    return new FileState(
        parts.get(4),
        Long.parseLong(parts.get(0)),
        Long.parseLong(parts.get(1)),
        parts.get(2),
        Boolean.parseBoolean(parts.get(3)));
  }
}
