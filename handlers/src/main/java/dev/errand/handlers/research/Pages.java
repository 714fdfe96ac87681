package dev.errand.handlers.research;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/// Fetches pages of the web for research. Thread-safe.
@FunctionalInterface
public interface Pages {

  /// @throws IOException when there is no page; the message goes into the report
  Page fetch(URI address) throws IOException, InterruptedException;

  /// @param address of the page, after redirects
  /// @param contentType as the server says it
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Page(URI address, Optional<String> contentType, byte[] bytes, Instant fetchedAt) {}
}
