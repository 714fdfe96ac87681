package dev.errand.handlers.corpus;

import dev.errand.handlers.read.Document;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// How bytes become a document. Thread-safe.
@FunctionalInterface
public interface Reading {

  /// @param contentType as a server says it, absent for a file
  /// @param location the absolute path of a file or the address of a page
  /// @throws IOException when nothing readable is in the bytes
  Document read(byte[] bytes, @Nullable String contentType, String location) throws IOException;
}
