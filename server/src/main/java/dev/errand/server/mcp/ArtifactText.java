package dev.errand.server.mcp;

import dev.errand.engine.artifact.Artifact;
import dev.errand.engine.artifact.Artifacts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/// A stretch of an artifact's text, no more than a model may be given at once.
///
/// @param next where the text goes on, in bytes; empty at its end
record ArtifactText(String text, OptionalLong next) {
  static final int MOST_BYTES = 40_000;

  /// Reads from the first whole character at or after `offset`.
  ///
  /// @param offset in bytes; beyond the end there is no text
  static ArtifactText read(Artifacts artifacts, Artifact artifact, long offset) throws IOException {
    long length = Math.min(artifact.size() - offset, MOST_BYTES);
    if (length <= 0) {
      return new ArtifactText("", OptionalLong.empty());
    }
    try (InputStream stream = artifacts.open(artifact, offset, length)) {
      byte[] bytes = stream.readAllBytes();
      boolean more = offset + bytes.length < artifact.size();
      int start = 0;
      while (start < bytes.length && continues(bytes[start])) {
        start++;
      }
      int end = more ? lastStart(bytes) : bytes.length;
      String text = new String(bytes, start, Math.max(0, end - start), StandardCharsets.UTF_8);
      return new ArtifactText(text, more ? OptionalLong.of(offset + end) : OptionalLong.empty());
    }
  }

  /// Where the last character begins, which may be cut.
  private static int lastStart(byte[] bytes) {
    int last = bytes.length - 1;
    while (last > 0 && continues(bytes[last])) {
      last--;
    }
    return last == 0 ? bytes.length : last;
  }

  /// Whether a byte of UTF-8 belongs to the character before it.
  private static boolean continues(byte one) {
    return (one & 0xC0) == 0x80;
  }
}
