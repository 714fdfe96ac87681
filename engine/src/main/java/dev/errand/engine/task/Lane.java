package dev.errand.engine.task;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/// Tasks of one queue that stand in line behind each other: those of one owner with one concurrency
/// key. Lanes take turns, so that nobody's thousand tasks keep another's one waiting.
///
/// @param number from a hash that nobody can aim at another's lane
public record Lane(long number) {

  /// @param concurrencyKey absent for the owner's tasks without one
  public static Lane of(String owner, @Nullable String concurrencyKey) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(owner.getBytes(StandardCharsets.UTF_8));
      if (concurrencyKey != null) {
        sha256.update((byte) 0);
        sha256.update(concurrencyKey.getBytes(StandardCharsets.UTF_8));
      }
      return new Lane(ByteBuffer.wrap(sha256.digest()).getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
