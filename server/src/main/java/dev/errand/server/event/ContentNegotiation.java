package dev.errand.server.event;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.MediaType;

/// In which form somebody wants to hear of events.
final class ContentNegotiation {
  static final String EVENT_STREAM = "text/event-stream;charset=UTF-8";

  private ContentNegotiation() {}

  /// Whether it is a page of JSON, and not a stream.
  static boolean wantsPage(HttpServletRequest request) {
    String accept = request.getHeader("Accept");
    return accept != null
        && accept.contains(MediaType.APPLICATION_JSON_VALUE)
        && !accept.contains(MediaType.TEXT_EVENT_STREAM_VALUE);
  }
}
