package dev.errand.engine.attempt;

/// How records become JSON text and back.
public interface Json {

  /// Strict: an unknown field, a missing one or one of another kind is refused.
  ///
  /// @throws InvalidParams naming each bad field
  <T> T read(String json, Class<T> type);

  String write(Object value);
}
