package dev.errand.handlers.json;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.errand.engine.attempt.Json;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/// JSON on Jackson 3. Thread-safe.
///
/// Reading is strict: what is unknown, missing, doubled, null or of another kind is refused, a
/// string is never taken for a number nor a number for a string, and text nests at most 100 deep. A
/// record component that is `Optional` or `@Nullable` may be absent or null.
///
/// Writing is deterministic: properties in the order of the record's components and in snake_case,
/// enums in lower case, maps sorted by key, `java.time` as ISO 8601 strings. Absent values are
/// written as `null`, so that an object of one type always has the same fields.
public final class JacksonJson implements Json {
  private static final int MAX_DEPTH = 100;

  /// A step may keep a fetched body of 10 MiB, which base64 makes 14 million characters.
  private static final int MAX_STRING = 64 * 1024 * 1024;

  /// Matched by code point, so only a surrogate without its other half is found.
  private static final Pattern LONE_SURROGATE = Pattern.compile("[\\ud800-\\udfff]");

  private final JsonMapper mapper = mapper();

  @Override
  public <T> T read(String json, Class<T> type) {
    try {
      T value = mapper.readValue(json, type);
      if (value == null) {
        throw Refusal.of("", "must be %s, not null".formatted(Expected.of(type)));
      }
      return value;
    } catch (JacksonException e) {
      throw Refusal.of(e);
    }
  }

  /// @throws IllegalArgumentException when `value` is of a type that has no JSON form
  @Override
  public String write(Object value) {
    try {
      return escapeLoneSurrogates(mapper.writeValueAsString(value));
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          "%s cannot be written as JSON: %s"
              .formatted(value.getClass().getName(), e.getOriginalMessage()),
          e);
    }
  }

  /// UTF-8 has no form for half a character; escaped, it survives being stored.
  private static String escapeLoneSurrogates(String json) {
    return LONE_SURROGATE
        .matcher(json)
        .replaceAll(half -> "\\\\u%04x".formatted((int) half.group().charAt(0)));
  }

  private static JsonMapper mapper() {
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_STRING)
                    .build())
            .streamWriteConstraints(
                StreamWriteConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    return JsonMapper.builder(factory)
        .annotationIntrospector(new RecordIntrospector())
        .addModule(IsoText.module())
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .enumNamingStrategy(EnumNamingStrategies.SNAKE_CASE)
        .changeDefaultNullHandling(_ -> JsonSetter.Value.construct(Nulls.DEFAULT, Nulls.FAIL))
        .enable(
            DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
            DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
            DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
            DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .disable(
            MapperFeature.ALLOW_COERCION_OF_SCALARS, MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
        .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
        .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
        .disable(
            DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS,
            DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
        .enable(
            SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS,
            SerializationFeature.FAIL_ON_EMPTY_BEANS)
        .withCoercionConfigDefaults(kinds -> {
          for (CoercionInputShape shape : CoercionInputShape.values()) {
            kinds.setCoercion(shape, CoercionAction.Fail);
          }
        })
        .withCoercionConfig(
            LogicalType.Float,
            number -> number.setCoercion(CoercionInputShape.Integer, CoercionAction.TryConvert))
        .build();
  }
}
