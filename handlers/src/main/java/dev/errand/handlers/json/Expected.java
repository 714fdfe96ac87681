package dev.errand.handlers.json;

import java.lang.reflect.Array;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.temporal.TemporalAccessor;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Says in a caller's words what JSON a Java type stands for.
final class Expected {
  private Expected() {}

  static String of(@Nullable Class<?> type) {
    if (type == null || type == Optional.class || type == Object.class) {
      return "something else";
    }
    if (type == String.class || type == byte[].class) {
      return "a string";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (isWhole(boxed(type))) {
      return "a whole number";
    }
    if (Number.class.isAssignableFrom(boxed(type))) {
      return "a number";
    }
    if (type.isEnum()) {
      return "one of " + constants(type);
    }
    if (type == URI.class) {
      return "a URL";
    }
    if (type == UUID.class) {
      return "a UUID";
    }
    if (type == Duration.class || TemporalAccessor.class.isAssignableFrom(type)) {
      return "an ISO 8601 " + type.getSimpleName().toLowerCase(Locale.ROOT);
    }
    return type.isArray() || Collection.class.isAssignableFrom(type) ? "an array" : "an object";
  }

  private static Class<?> boxed(Class<?> type) {
    return type.isPrimitive() ? Array.get(Array.newInstance(type, 1), 0).getClass() : type;
  }

  private static boolean isWhole(Class<?> type) {
    return type == Integer.class
        || type == Long.class
        || type == Short.class
        || type == Byte.class
        || type == BigInteger.class;
  }

  private static String constants(Class<?> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }
}
