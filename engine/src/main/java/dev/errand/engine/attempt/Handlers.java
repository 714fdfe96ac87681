package dev.errand.engine.attempt;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All handlers of a process, by task type. Immutable.
public final class Handlers {
  private final Map<String, Handler<?>> byType = new LinkedHashMap<>();

  /// @throws IllegalArgumentException when two handlers claim the same type
  public Handlers(List<Handler<?>> handlers) {
    for (Handler<?> handler : handlers) {
      if (byType.putIfAbsent(handler.type(), handler) != null) {
        throw new IllegalArgumentException("Two handlers for task type " + handler.type());
      }
    }
  }

  public Optional<Handler<?>> forType(String type) {
    return Optional.ofNullable(byType.get(type));
  }

  /// In the order in which the handlers were given.
  public List<String> types() {
    return List.copyOf(byType.keySet());
  }
}
