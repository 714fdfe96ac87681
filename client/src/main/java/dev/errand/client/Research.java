package dev.errand.client;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A question to be answered with a cited report.
///
/// @param docs absolute paths of folders on the server's machine
/// @param urls pages to read
/// @param depth how far to go, absent for the server's default
/// @param more further params by name, such as `report_type`
public record Research(
    String prompt,
    List<String> docs,
    List<String> urls,
    @Nullable String depth,
    Map<String, JsonNode> more) {
  public Research {
    docs = List.copyOf(docs);
    urls = List.copyOf(urls);
    more = Map.copyOf(more);
  }

  ObjectNode body() {
    ObjectNode body = Json.object().put("prompt", prompt);
    if (!docs.isEmpty()) {
      body.set("docs", Json.array(docs));
    }
    if (!urls.isEmpty()) {
      body.set("urls", Json.array(urls));
    }
    if (depth != null) {
      body.put("depth", depth);
    }
    new TreeMap<>(more).forEach(body::set);
    return body;
  }
}
