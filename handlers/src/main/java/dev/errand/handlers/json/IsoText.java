package dev.errand.handlers.json;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.function.Function;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;

/// Takes ISO 8601 text alone for a moment or a span, where Jackson's own readers also take numbers
/// and arrays.
final class IsoText<T> extends StdDeserializer<T> {
  private final Function<String, T> parse;

  private IsoText(Class<T> type, Function<String, T> parse) {
    super(type);
    this.parse = parse;
  }

  static JacksonModule module() {
    var module = new SimpleModule("iso-text");
    add(module, Instant.class, Instant::parse);
    add(module, LocalDate.class, LocalDate::parse);
    add(module, LocalTime.class, LocalTime::parse);
    add(module, LocalDateTime.class, LocalDateTime::parse);
    add(module, OffsetDateTime.class, OffsetDateTime::parse);
    add(module, ZonedDateTime.class, ZonedDateTime::parse);
    add(module, Duration.class, Duration::parse);
    return module;
  }

  private static <T> void add(SimpleModule module, Class<T> type, Function<String, T> parse) {
    module.addDeserializer(type, new IsoText<>(type, parse));
  }

  @Override
  @SuppressWarnings("unchecked")
  public T deserialize(JsonParser parser, DeserializationContext context) {
    if (parser.hasToken(JsonToken.VALUE_STRING)) {
      try {
        return parse.apply(parser.getString());
      } catch (DateTimeException _) {
        return (T) context.handleWeirdStringValue(handledType(), parser.getString(), "not ISO");
      }
    }
    return (T) context.handleUnexpectedToken(context.constructType(handledType()), parser);
  }
}
