package dev.errand.handlers.read;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Why a source has no text, in words for a person: recognised by its first bytes.
final class Obstacle {
  private static final List<Signature> SIGNATURES =
      List.of(
          new Signature(0, "\u0089PNG\r\n\u001a\n", "a PNG picture"),
          new Signature(0, "\u00ff\u00d8\u00ff", "a JPEG picture"),
          new Signature(0, "GIF87a", "a GIF picture"),
          new Signature(0, "GIF89a", "a GIF picture"),
          new Signature(8, "WEBP", "a WebP picture"),
          new Signature(4, "ftypavif", "an AVIF picture"),
          new Signature(4, "ftyphei", "an HEIC picture"),
          new Signature(0, "II*\0", "a TIFF picture"),
          new Signature(0, "MM\0*", "a TIFF picture"),
          new Signature(0, "\0\0\u0001\0", "an icon"),
          new Signature(4, "ftyp", "a video or sound"),
          new Signature(0, "\u001aE\u00df\u00a3", "a video"),
          new Signature(8, "WAVE", "a sound"),
          new Signature(0, "ID3", "a sound"),
          new Signature(0, "fLaC", "a sound"),
          new Signature(0, "OggS", "a sound"),
          new Signature(0, "wOF", "a font"),
          new Signature(0, "PK\u0003\u0004", "a ZIP archive, or a document packed as one"),
          new Signature(0, "\u00d0\u00cf\u0011\u00e0", "an Office document of the old kind"),
          new Signature(0, "7z\u00bc\u00af", "a 7z archive"),
          new Signature(0, "Rar!", "a RAR archive"),
          new Signature(257, "ustar", "a tar archive"),
          new Signature(0, "BZh", "packed with bzip2"),
          new Signature(0, "\u00fd7zXZ", "packed with xz"),
          new Signature(0, "(\u00b5/\u00fd", "packed with Zstandard"),
          new Signature(0, "\u007fELF", "a program"),
          new Signature(0, "MZ", "a program"),
          new Signature(0, "\u00ca\u00fe\u00ba\u00be", "a program"),
          new Signature(0, "SQLite format 3\0", "an SQLite database"));

  private Obstacle() {}

  /// @param mark the bytes that stand at `place`, as characters of ISO 8859-1
  private record Signature(int place, String mark, String kind) {}

  /// Of content that is no text.
  static String ofBinary(byte[] content) {
    return kind(content)
        .map("this is %s: it holds no text that can be read here"::formatted)
        .orElse("this is no text, nor anything else that is known here");
  }

  private static Optional<String> kind(byte[] content) {
    String head =
        new String(content, 0, Math.min(content.length, 300), StandardCharsets.ISO_8859_1);
    return SIGNATURES.stream()
        .filter(one -> head.startsWith(one.mark(), one.place()))
        .map(Signature::kind)
        .findFirst();
  }
}
