package dev.errand.testkit.search;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// A request as a fake search engine sees it.
///
/// @param path below the engine's own
/// @param query the parameters, in order
/// @param headers by name in lower case
public record FakeAsk(
    String method,
    String path,
    Map<String, String> query,
    Map<String, String> headers,
    String body) {
  static FakeAsk of(
      String method,
      String path,
      String rawQuery,
      Map<String, ? extends List<String>> headers,
      String body) {
    Map<String, String> query = new LinkedHashMap<>();
    for (String part : rawQuery.split("&", -1)) {
      String[] pair = part.split("=", 2);
      if (pair.length == 2) {
        query.put(decoded(pair[0]), decoded(pair[1]));
      }
    }
    Map<String, String> plain = new TreeMap<>();
    headers.forEach(
        (name, values) -> plain.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
    return new FakeAsk(method, path, query, plain, body);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  public String header(String name) {
    return headers.getOrDefault(name, "");
  }

  String parameter(String name) {
    return query.getOrDefault(name, "");
  }

  /// A parameter that is a number in a range, or absent.
  boolean isWithin(String name, int least, int most) {
    String text = parameter(name);
    return text.isEmpty()
        || (text.matches("\\d{1,6}")
            && Integer.parseInt(text) >= least
            && Integer.parseInt(text) <= most);
  }

  int number(String name, int otherwise) {
    return parameter(name).isEmpty() ? otherwise : Integer.parseInt(parameter(name));
  }
}
