package dev.errand.testkit.memory;

import dev.errand.engine.artifact.ArtifactStorage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Artifacts' bytes in memory.
public final class InMemoryArtifactStorage implements ArtifactStorage {
  private final Map<String, Kept> contents = new ConcurrentHashMap<>();

  private record Kept(byte[] content, long putNanos) {}

  @Override
  public void put(String sha256, byte[] content) {
    contents.put(sha256, new Kept(content.clone(), System.nanoTime()));
  }

  @Override
  public boolean delete(String sha256, Duration grace) {
    return contents.computeIfPresent(
            sha256,
            (_, kept) -> System.nanoTime() - kept.putNanos() < grace.toNanos() ? kept : null)
        == null;
  }

  @Override
  public InputStream open(String sha256, long offset, long length) throws IOException {
    Kept kept = contents.get(sha256);
    if (kept == null) {
      throw new NoSuchFileException(sha256);
    }
    byte[] content = kept.content();
    return new ByteArrayInputStream(content, Math.toIntExact(offset), Math.toIntExact(length));
  }
}
