package dev.errand.testkit.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// As much of JSON as the fake search engines need, so that they run on the JDK alone.
final class FakeJson {
  private final String text;
  private int at;

  private FakeJson(String text) {
    this.text = text;
  }

  /// An object as a map, an array as a list, numbers as [Double]; null in them is left out.
  ///
  /// @throws IllegalArgumentException when it is no JSON object
  static Map<String, Object> object(String text) {
    FakeJson json = new FakeJson(text);
    try {
      Map<String, Object> object = json.object();
      json.blank();
      if (json.at != text.length()) {
        throw new IllegalArgumentException("more than one value");
      }
      return object;
    } catch (StringIndexOutOfBoundsException e) {
      throw new IllegalArgumentException("cut short", e);
    }
  }

  static String write(Object value) {
    return switch (value) {
      case String string -> quoted(string);
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(one -> quoted(one.getKey().toString()) + ":" + write(one.getValue()))
              .collect(Collectors.joining(",", "{", "}"));
      case List<?> list ->
          list.stream().map(FakeJson::write).collect(Collectors.joining(",", "[", "]"));
      default -> value.toString();
    };
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append("\\u%04x".formatted((int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  private Object value() {
    blank();
    return switch (text.charAt(at)) {
      case '{' -> object();
      case '[' -> list();
      case '"' -> string();
      default -> word();
    };
  }

  private Map<String, Object> object() {
    Map<String, Object> object = new LinkedHashMap<>();
    blank();
    expect('{');
    while (!ends('}', object.isEmpty())) {
      blank();
      String name = string();
      blank();
      expect(':');
      object.put(name, value());
    }
    object.values().removeIf(NOTHING::equals);
    return object;
  }

  private List<Object> list() {
    List<Object> list = new ArrayList<>();
    expect('[');
    while (!ends(']', list.isEmpty())) {
      list.add(value());
    }
    return list;
  }

  private boolean ends(char end, boolean first) {
    blank();
    if (text.charAt(at) == end) {
      at++;
      return true;
    }
    if (!first) {
      expect(',');
    }
    return false;
  }

  private String string() {
    expect('"');
    StringBuilder string = new StringBuilder();
    while (text.charAt(at) != '"') {
      char c = text.charAt(at++);
      if (c == '\\') {
        char escaped = text.charAt(at++);
        switch (escaped) {
          case 'n' -> string.append('\n');
          case 't' -> string.append('\t');
          case 'r' -> string.append('\r');
          case 'b' -> string.append('\b');
          case 'f' -> string.append('\f');
          case 'u' -> {
            string.append((char) Integer.parseInt(text.substring(at, at + 4), 16));
            at += 4;
          }
          default -> string.append(escaped);
        }
      } else {
        string.append(c);
      }
    }
    at++;
    return string.toString();
  }

  private static final String NOTHING = "\0null";

  private Object word() {
    int start = at;
    while (at < text.length() && "{}[],:\" \t\r\n".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String word = text.substring(start, at);
    return switch (word) {
      case "true" -> true;
      case "false" -> false;
      case "null" -> NOTHING;
      default -> Double.valueOf(word);
    };
  }

  private void blank() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private void expect(char expected) {
    if (text.charAt(at++) != expected) {
      throw new IllegalArgumentException("'%s' expected at %d".formatted(expected, at - 1));
    }
  }
}
