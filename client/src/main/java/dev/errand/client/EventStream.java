package dev.errand.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads Server-Sent Events off a stream, one at a time.
///
/// @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">the format</a>
final class EventStream {
  private final BufferedReader lines;

  EventStream(InputStream bytes) {
    this.lines = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8));
  }

  /// Waits for the next event that carries data; absent when the stream has ended. An event that
  /// the end cut short is dropped, as the format asks.
  @Nullable Event next() throws IOException {
    Frame frame = new Frame();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (!line.isEmpty()) {
        frame.take(line);
      } else if (!frame.data.isEmpty()) {
        return frame.event();
      } else {
        frame = new Frame();
      }
    }
    return null;
  }

  /// The lines of one event, as far as they have come.
  private static final class Frame {
    private final List<String> data = new ArrayList<>();
    private String type = "message";
    private long number;

    void take(String line) throws IOException {
      int colon = line.indexOf(':');
      String field = colon < 0 ? line : line.substring(0, colon);
      String value = colon < 0 ? "" : line.substring(colon + 1);
      value = value.startsWith(" ") ? value.substring(1) : value;
      switch (field) {
        case "event" -> type = value;
        case "data" -> data.add(value);
        case "id" -> number = number(value);
        default -> {
          // Comments keep the connection alive; fields of later versions mean nothing to us.
        }
      }
    }

    Event event() {
      return Event.streamed(number, type, Json.read(String.join("\n", data)));
    }

    private static long number(String id) throws IOException {
      try {
        return Long.parseLong(id);
      } catch (NumberFormatException _) {
        throw new IOException("an event's id is not a number: " + id);
      }
    }
  }
}
