package dev.errand.engine.hash;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256, which every Java has. Of a text, its UTF-8 is hashed.
public final class Sha256 {
  private Sha256() {}

  public static byte[] of(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  public static byte[] of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /// In lower case.
  public static String hex(byte[] content) {
    return HexFormat.of().formatHex(of(content));
  }

  /// In lower case.
  public static String hex(String text) {
    return HexFormat.of().formatHex(of(text));
  }
}
