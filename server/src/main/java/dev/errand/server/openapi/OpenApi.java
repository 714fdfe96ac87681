package dev.errand.server.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The API's description, put together from one file for each feature.
///
/// The files are written by hand, and tests hold them to what the server does: its paths, every
/// example, and every answer that the fuzzer gets.
public final class OpenApi {
  /// The files, in the order in which people read about them. A feature is described from the
  /// moment on that its file is named here.
  private static final List<String> FEATURES =
      List.of(
          "errand",
          "tasks",
          "batches",
          "events",
          "feed",
          "artifacts",
          "work",
          "search",
          "schedules",
          "queues",
          "dead-letters",
          "webhooks",
          "runs",
          "identity",
          "one-time-researches",
          "infinite-researches",
          "research-status",
          "blog",
          "jobs",
          "introspection");

  private OpenApi() {}

  /// The whole document. Reads and parses files: keep what it returns.
  public static ObjectNode document(JsonMapper json) {
    ObjectNode document = json.createObjectNode();
    FEATURES.forEach(feature -> merge(document, read("/openapi/" + feature + ".yaml", json)));
    return document;
  }

  private static ObjectNode read(String file, JsonMapper json) {
    try (InputStream text = Objects.requireNonNull(OpenApi.class.getResourceAsStream(file), file)) {
      Map<String, Object> content = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
      return json.valueToTree(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Objects grow together, lists are joined; nothing is said twice.
  private static void merge(ObjectNode into, ObjectNode from) {
    for (Map.Entry<String, JsonNode> property : from.properties()) {
      String name = property.getKey();
      switch (into.get(name)) {
        case null -> into.set(name, property.getValue());
        case ObjectNode there when property.getValue() instanceof ObjectNode more ->
            merge(there, more);
        case ArrayNode there when property.getValue() instanceof ArrayNode more ->
            there.addAll(more);
        default -> throw new IllegalStateException("Two files describe " + name);
      }
    }
  }
}
