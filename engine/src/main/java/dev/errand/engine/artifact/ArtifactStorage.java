package dev.errand.engine.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/// Keeps bytes under the SHA-256 of their content. Thread-safe.
public interface ArtifactStorage {

  /// Makes `content` durable; storing the same bytes twice is one object.
  ///
  /// @param sha256 lower-case hex of the SHA-256 of `content`
  void put(String sha256, byte[] content) throws IOException;

  /// Opens `length` bytes from `offset`; the caller closes the stream.
  ///
  /// @throws java.nio.file.NoSuchFileException when nothing is stored under `sha256`
  InputStream open(String sha256, long offset, long length) throws IOException;

  /// Deletes what is stored under `sha256`, unless it was put less than `grace` ago, be it for the
  /// second time and at this very moment: then an artifact that has it may be recorded next.
  ///
  /// @return whether nothing is stored there now
  boolean delete(String sha256, Duration grace) throws IOException;
}
