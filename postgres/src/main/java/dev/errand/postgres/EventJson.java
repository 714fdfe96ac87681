package dev.errand.postgres;

import dev.errand.engine.event.NewEvent;
import dev.errand.engine.task.TaskError;
import java.math.BigDecimal;
import java.time.Duration;

/// The type and data of events as they are stored: small flat JSON objects.
final class EventJson {
  private EventJson() {}

  static String type(NewEvent event) {
    return switch (event) {
      case NewEvent.Progress _ -> "progress";
      case NewEvent.StepStarted _ -> "step_started";
      case NewEvent.StepCompleted _ -> "step_completed";
      case NewEvent.StepReused _ -> "step_reused";
      case NewEvent.ArtifactStored _ -> "artifact_stored";
    };
  }

  static String data(NewEvent event) {
    return switch (event) {
      case NewEvent.Progress(var percent, var message) ->
          object("percent", percent, "message", message);
      case NewEvent.StepStarted(var step) -> object("step", step);
      case NewEvent.StepCompleted(var step) -> object("step", step);
      case NewEvent.StepReused(var step) -> object("step", step);
      case NewEvent.ArtifactStored(var id, var type, var name) ->
          object("artifact_id", id, "type", type, "name", name);
    };
  }

  static String error(TaskError error) {
    return object("code", error.code(), "message", error.message());
  }

  static String retrying(TaskError error, int attempt, Duration delay) {
    return object(
        "code",
        error.code(),
        "message",
        error.message(),
        "attempt",
        attempt,
        "delay_seconds",
        BigDecimal.valueOf(delay.toMillis(), 3));
  }

  private static String object(Object... namesAndValues) {
    StringBuilder json = new StringBuilder("{");
    for (int i = 0; i < namesAndValues.length; i += 2) {
      json.append(i == 0 ? "" : ",");
      quote(json, (String) namesAndValues[i]);
      json.append(':');
      switch (namesAndValues[i + 1]) {
        case Number number -> json.append(number);
        case Object text -> quote(json, text.toString());
      }
    }
    return json.append('}').toString();
  }

  private static void quote(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> json.append('\\').append(c);
        case '\n' -> json.append("\\n");
        // Readers that keep their JSON in PostgreSQL could not take a NUL.
        case '\0' -> json.append('\uFFFD');
        default -> {
          if (c < ' ') {
            json.append("\\u%04x".formatted((int) c));
          } else {
            json.append(c);
          }
        }
      }
    }
    json.append('"');
  }
}
