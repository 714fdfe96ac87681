package dev.errand.server;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a server says of its API, ready to be held against what it does.
final class ApiDescription {
  private static final List<String> METHODS = List.of("get", "post", "put", "patch", "delete");
  private static final String SCHEMAS = "#/components/schemas/";
  private static final String DEFINITIONS = "#/$defs/";

  private final SchemaRegistry registry =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          builder ->
              builder.schemaRegistryConfig(
                  SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));
  private final Map<String, Schema> schemas = new HashMap<>();
  private final JsonNode document;
  private final List<Operation> operations;

  private ApiDescription(JsonNode document) {
    this.document = document;
    this.operations =
        document.path("paths").properties().stream().flatMap(this::operations).toList();
  }

  static ApiDescription of(TestServer server) {
    return new ApiDescription(server.send(server.anonymous("/openapi.json")).json());
  }

  JsonNode document() {
    return document;
  }

  List<Operation> operations() {
    return operations;
  }

  private Stream<Operation> operations(Map.Entry<String, JsonNode> path) {
    return METHODS.stream()
        .filter(path.getValue()::has)
        .map(method ->
            new Operation(
                method.toUpperCase(Locale.ROOT),
                path.getKey(),
                path.getValue(),
                path.getValue().get(method)));
  }

  /// One method of one path.
  final class Operation {
    private final String method;
    private final String path;
    private final JsonNode shared;
    private final JsonNode json;

    private Operation(String method, String path, JsonNode shared, JsonNode json) {
      this.method = method;
      this.path = path;
      this.shared = shared;
      this.json = json;
    }

    String method() {
      return method;
    }

    String path() {
      return path;
    }

    JsonNode json() {
      return json;
    }

    String id() {
      return json.path("operationId").asString();
    }

    @Override
    public String toString() {
      return method + " " + path;
    }

    List<JsonNode> parameters(String in) {
      return Stream.concat(
              shared.path("parameters").valueStream(), json.path("parameters").valueStream())
          .map(ApiDescription.this::resolved)
          .filter(parameter -> parameter.path("in").asString().equals(in))
          .toList();
    }

    boolean takesBody() {
      return json.has("requestBody");
    }

    JsonNode bodySchema() {
      return json.at("/requestBody/content/application~1json/schema");
    }

    /// Every example of a body.
    List<JsonNode> bodies() {
      return examples(json.at("/requestBody/content/application~1json"));
    }

    /// The status of the answer when all is well; a WebSocket says to those who ask for none what to
    /// ask for.
    int expected() {
      return json.path("responses").propertyNames().stream()
          .filter(status -> status.startsWith("2") || status.equals("426"))
          .map(Integer::parseInt)
          .findFirst()
          .orElseThrow(() -> new AssertionError(this + " never succeeds"));
    }

    boolean describes(int status) {
      return json.path("responses").has(String.valueOf(status));
    }

    /// The answer with `status`, or what is said of all others.
    JsonNode response(int status) {
      JsonNode responses = json.path("responses");
      return resolved(
          describes(status) ? responses.get(String.valueOf(status)) : responses.path("default"));
    }

    /// What the answer has that was not promised.
    ///
    /// @param contentType empty when there was none
    List<String> objections(int status, String contentType, String body) {
      JsonNode content = response(status).path("content");
      if (content.isMissingNode() || content.isEmpty()) {
        return body.isEmpty() ? List.of() : List.of("has a body: " + body);
      }
      String type = contentType.replaceFirst(";.*", "").strip();
      JsonNode media = content.has(type) ? content.get(type) : content.path("*/*");
      if (media.isMissingNode()) {
        return List.of("is " + contentType + ", not one of " + content.propertyNames());
      }
      return type.endsWith("json") && !content.has("*/*")
          ? bodyObjections(id() + status + type, media.path("schema"), body, type)
          : List.of();
    }

    private List<String> bodyObjections(String key, JsonNode schema, String body, String type) {
      return (type.endsWith("ndjson") ? body.lines() : Stream.of(body))
          .map(TestServer.JSON::readTree)
          .flatMap(value -> violations(key, schema, value, true))
          .toList();
    }
  }

  /// @param key names the schema, so that it is prepared once
  /// @param whole whether fields that the schema does not name are wrong
  Stream<String> violations(String key, JsonNode schema, JsonNode value, boolean whole) {
    return schemas
        .computeIfAbsent(key + whole, _ -> prepared(schema, whole))
        .validate(value)
        .stream()
        .map(Object::toString);
  }

  private Schema prepared(JsonNode schema, boolean whole) {
    ObjectNode alone = TestServer.JSON.createObjectNode();
    alone.put("$ref", DEFINITIONS + "it");
    ObjectNode definitions = alone.putObject("$defs");
    definitions.setAll((ObjectNode) document.at("/components/schemas").deepCopy());
    definitions.set("it", schema.deepCopy());
    if (whole) {
      close(definitions);
    }
    String text = alone.toString().replace("\"" + SCHEMAS, "\"" + DEFINITIONS);
    return registry.getSchema(TestServer.JSON.readTree(text));
  }

  /// Makes objects refuse fields that they do not name.
  private static void close(JsonNode node) {
    if (node instanceof ObjectNode object
        && object.path("properties").isObject()
        && !object.has("additionalProperties")) {
      object.put("additionalProperties", false);
    }
    node.valueStream().forEach(ApiDescription::close);
  }

  /// The one or more examples of a body or an answer.
  static List<JsonNode> examples(JsonNode media) {
    List<JsonNode> examples = new ArrayList<>();
    Optional.ofNullable(media.get("example")).ifPresent(examples::add);
    media.path("examples").valueStream().map(one -> one.path("value")).forEach(examples::add);
    return examples;
  }

  JsonNode resolved(JsonNode node) {
    String reference = node.path("$ref").asString("");
    if (reference.isEmpty()) {
      return node;
    }
    JsonNode target = document.at(reference.substring(1));
    if (target.isMissingNode()) {
      throw new AssertionError("Nothing is at " + reference);
    }
    return target;
  }
}
