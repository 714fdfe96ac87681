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
  private final Map<String, byte[]> contents = new ConcurrentHashMap<>();
  private final Map<String, Long> putNanos = new ConcurrentHashMap<>();

  @Override
  public void put(String sha256, byte[] content) {
    contents.compute(
        sha256,
        (key, _) -> {
          putNanos.put(key, System.nanoTime());
          return content.clone();
        });
  }

  @Override
  public boolean delete(String sha256, Duration grace) {
    return contents.computeIfPresent(
            sha256, (key, content) -> putWithin(grace, key) ? content : null)
        == null;
  }

  private boolean putWithin(Duration grace, String sha256) {
    long now = System.nanoTime();
    return now - putNanos.getOrDefault(sha256, now) < grace.toNanos();
  }

  @Override
  public InputStream open(String sha256, long offset, long length) throws IOException {
    byte[] content = contents.get(sha256);
    if (content == null) {
      throw new NoSuchFileException(sha256);
    }
    return new ByteArrayInputStream(content, Math.toIntExact(offset), Math.toIntExact(length));
  }
}
