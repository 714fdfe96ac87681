package dev.errand.testkit.model;

import dev.errand.engine.task.TaskError;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// What a JSON text says, whatever its spaces, the order of its members and the form of its
/// numbers.
final class JsonMeaning {
  private static final JsonMapper JSON = new JsonMapper();

  private JsonMeaning() {}

  static @Nullable Object of(@Nullable String json) {
    return json == null ? null : plain(JSON.readValue(json, Object.class));
  }

  /// What the data of an event says, without what may differ between two stores.
  ///
  /// A due time is text, which does not grow older with the rest of a store. Here it need only be a
  /// moment; the contract compares it with the task's.
  static @Nullable Object ofEvent(String json) {
    Object data = of(json);
    if (data instanceof Map<?, ?> map) {
      Map<Object, @Nullable Object> kept = new TreeMap<>(map);
      kept.computeIfPresent("due_at", (_, at) -> isMoment(at) ? "…" : at);
      if (TaskError.WORKER_LOST.equals(map.get("code"))) {
        kept.computeIfPresent("message", (_, _) -> "…");
      }
      return kept;
    }
    return data;
  }

  private static boolean isMoment(Object at) {
    try {
      return at instanceof String text && Instant.parse(text).isAfter(Instant.EPOCH);
    } catch (DateTimeException _) {
      return false;
    }
  }

  private static @Nullable Object plain(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> sorted = new TreeMap<>();
        map.forEach((key, member) -> sorted.put(String.valueOf(key), plain(member)));
        yield sorted;
      }
      case List<?> list -> {
        List<@Nullable Object> plain = new ArrayList<>();
        list.forEach(member -> plain.add(plain(member)));
        yield plain;
      }
      case Number number -> new BigDecimal(number.toString()).stripTrailingZeros();
      default -> value;
    };
  }
}
