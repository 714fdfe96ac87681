package dev.errand.server.openapi;

import static org.springframework.web.util.HtmlUtils.htmlEscape;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// JSON Schemas for people: a list of fields, each with its kind and bounds in words.
final class SchemaHtml {
  private static final String SCHEMAS = "#/components/schemas/";

  private final Prose prose;

  SchemaHtml(Prose prose) {
    this.prose = prose;
  }

  /// A schema under a heading of its own.
  String named(String name, JsonNode schema) {
    return "<h3 id=\"%1$s\">%2$s</h3>\n%3$s"
        .formatted(anchor(name), htmlEscape(name), fields(schema));
  }

  /// The fields of an object; for anything else what it is, in words.
  String fields(JsonNode schema) {
    if (!schema.has("properties")) {
      return "<p>%s %s</p>\n"
          .formatted(inWords(schema), prose.inline(schema.path("description").asString("")));
    }
    return "%s<dl>\n%s</dl>\n"
        .formatted(
            prose.html(schema.path("description").asString("")),
            schema.path("properties").properties().stream()
                .map(field -> field(field, required(schema, field.getKey())))
                .collect(Collectors.joining()));
  }

  private String field(Map.Entry<String, JsonNode> field, boolean required) {
    JsonNode schema = field.getValue();
    return "<dt><code>%s</code>%s</dt>\n<dd>%s %s%s</dd>\n"
        .formatted(
            htmlEscape(field.getKey()),
            required ? "" : " <small>optional</small>",
            inWords(schema),
            prose.inline(schema.path("description").asString("")),
            schema.has("properties") ? fields(schema) : "");
  }

  private static boolean required(JsonNode schema, String name) {
    return schema.path("required").valueStream().anyMatch(one -> one.asString().equals(name));
  }

  /// Such as `integer or null, 0 to 100`; names of other schemas lead to them.
  String inWords(JsonNode schema) {
    String reference = schema.path("$ref").asString("");
    if (reference.startsWith(SCHEMAS)) {
      String name = reference.substring(SCHEMAS.length());
      return "<a href=\"#%s\">%s</a>".formatted(anchor(name), htmlEscape(name));
    }
    if (schema.has("oneOf")) {
      return schema
          .path("oneOf")
          .valueStream()
          .map(this::inWords)
          .collect(Collectors.joining(" or "));
    }
    String bounds = String.join(", ", bounds(schema));
    return kind(schema) + (bounds.isEmpty() ? "" : ", " + bounds);
  }

  private String kind(JsonNode schema) {
    if (schema.has("enum")) {
      return schema
          .path("enum")
          .valueStream()
          .map(value -> "<code>%s</code>".formatted(htmlEscape(value.asString("null"))))
          .collect(Collectors.joining(", "));
    }
    JsonNode type = schema.path("type");
    String kind =
        type.isArray()
            ? type.valueStream().map(JsonNode::asString).collect(Collectors.joining(" or "))
            : type.asString("any value");
    return schema.has("items")
        ? kind.replace("array", "array of " + inWords(schema.path("items")))
        : kind;
  }

  private static List<String> bounds(JsonNode schema) {
    List<String> bounds = new ArrayList<>();
    if (schema.has("format")) {
      bounds.add(htmlEscape(schema.path("format").asString()));
    }
    range(bounds, schema, "minimum", "maximum", "");
    range(bounds, schema, "minLength", "maxLength", " characters");
    range(bounds, schema, "minItems", "maxItems", " entries");
    if (schema.has("pattern")) {
      bounds.add("<code>%s</code>".formatted(htmlEscape(schema.path("pattern").asString())));
    }
    if (schema.has("default")) {
      bounds.add("%s by default".formatted(htmlEscape(schema.path("default").asString())));
    }
    return bounds;
  }

  private static void range(
      List<String> bounds, JsonNode schema, String least, String most, String unit) {
    String from = schema.path(least).asString("");
    String to = schema.path(most).asString("");
    if (!from.isEmpty() && !to.isEmpty()) {
      bounds.add("%s to %s%s".formatted(from, to, unit));
    } else if (!from.isEmpty()) {
      bounds.add("%s%s or more".formatted(from, unit));
    } else if (!to.isEmpty()) {
      bounds.add("%s%s at most".formatted(to, unit));
    }
  }

  private static String anchor(String name) {
    return "schema-" + htmlEscape(name);
  }
}
