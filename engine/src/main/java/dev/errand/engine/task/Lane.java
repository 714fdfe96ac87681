package dev.errand.engine.task;

import dev.errand.engine.hash.Sha256;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Tasks of one queue that stand in line behind each other: those of one owner with one concurrency
/// key. Lanes take turns, so that nobody's thousand tasks keep another's one waiting.
///
/// @param number from a hash that nobody can aim at another's lane
public record Lane(long number) {

  /// @param concurrencyKey absent for the owner's tasks without one
  public static Lane of(String owner, @Nullable String concurrencyKey) {
    String name = concurrencyKey == null ? owner : owner + '\0' + concurrencyKey;
    return new Lane(ByteBuffer.wrap(Sha256.of(name)).getLong());
  }
}
