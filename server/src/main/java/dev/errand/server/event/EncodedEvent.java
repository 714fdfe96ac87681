package dev.errand.server.event;

import java.nio.charset.StandardCharsets;

/// An event as it is sent to everyone who follows: written once.
///
/// @param <P> its position in what is followed
final class EncodedEvent<P> {
  private final P place;
  private final byte[] frame;
  private final String message;

  /// @param type the event's
  /// @param data on one line, as JSON writes it
  /// @param message the whole event as JSON
  EncodedEvent(P place, String type, String data, String message) {
    this.place = place;
    this.frame =
        "id: %s\nevent: %s\ndata: %s\n\n"
            .formatted(place, type, data)
            .getBytes(StandardCharsets.UTF_8);
    this.message = message;
  }

  P place() {
    return place;
  }

  /// For Server-Sent Events. Whoever gets it leaves it as it is.
  byte[] frame() {
    return frame;
  }

  /// For a WebSocket.
  String message() {
    return message;
  }
}
