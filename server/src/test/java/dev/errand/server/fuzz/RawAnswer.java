package dev.errand.server.fuzz;

import java.util.Map;

/// What came back.
///
/// @param headers by their names in lower case
/// @param endless a stream of events, whose body is left unread
public record RawAnswer(int status, Map<String, String> headers, String body, boolean endless) {
  public RawAnswer {
    headers = Map.copyOf(headers);
  }

  public String contentType() {
    return headers.getOrDefault("content-type", "");
  }
}
