package dev.errand.testkit.memory;

import dev.errand.engine.artifact.ArtifactStorage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Artifacts' bytes in memory.
public final class InMemoryArtifactStorage implements ArtifactStorage {
  private final Map<String, byte[]> contents = new ConcurrentHashMap<>();

  @Override
  public void put(String sha256, byte[] content) {
    contents.putIfAbsent(sha256, content.clone());
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
