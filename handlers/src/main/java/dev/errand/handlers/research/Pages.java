package dev.errand.handlers.research;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/// How research gets at pages of the web. Thread-safe.
@FunctionalInterface
public interface Pages {

  /// @throws IOException when the page cannot be had; the message goes into the report
  Page fetch(URI address) throws IOException, InterruptedException;

  /// @param address where the page was found in the end, after redirects
  /// @param contentType as the server says it
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Page(URI address, Optional<String> contentType, byte[] bytes, Instant fetchedAt) {}
}
