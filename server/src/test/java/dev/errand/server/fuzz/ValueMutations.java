package dev.errand.server.fuzz;

import static dev.errand.server.fuzz.Mutations.mutation;
import static dev.errand.server.fuzz.Mutations.one;

import dev.errand.server.fuzz.Mutations.Mutation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.BiFunction;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Spoils values within a body that stays JSON.
final class ValueMutations {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// Stands where a text that no tree of Jackson's could hold is put in.
  private static final String HERE = "4c1b-here";

  /// Values as JSON texts.
  private static final List<String> JUNK =
      List.of(
          "null",
          "true",
          "false",
          "0",
          "-1",
          "1",
          "-0.0",
          "1.5",
          "2147483648",
          "-9223372036854775809",
          "9223372036854775807",
          "1e400",
          "-1E+99999",
          "1e99999999999999",
          "0.000000000000000000000000000000000000000000000001",
          "1" + "0".repeat(400),
          "9".repeat(2000),
          "\"\"",
          "\" \"",
          "\"0\"",
          "\"true\"",
          "\"null\"",
          "\"a\\u0000b\"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"x\\udc00\\ud800\"",
          "\"\\ud835\\udcb3\"",
          "\"\\u202e\\ufeff\\u2028\"",
          "\"\\r\\nX-Injected: yes\"",
          "\"'; DROP TABLE open_tasks; --\"",
          "\"%s%n%d${x}#{x}{{x}}\"",
          "\"../../../../etc/passwd\"",
          "\"http://[::1\"",
          "\"http://user:pass@127.0.0.1:0/\"",
          "\"javascript:alert(1)\"",
          "\"9999-99-99T99:99:99Z\"",
          "\"+1000000000-12-31T23:59:59.999999999-18:00\"",
          "\"* * * * * * * *\"",
          "\"*/0 * * * *\"",
          "\"99999999999 0 31 2 ?\"",
          "\"" + "x".repeat(101) + "\"",
          "\"" + "é".repeat(5_000) + "\"",
          "\"" + "x".repeat(100_000) + "\"",
          "[]",
          "[null]",
          "[[]]",
          "[1, \"a\", null, {}]",
          "[" + "\"t\",".repeat(1_500) + "\"t\"]",
          "{}",
          "{\"\": \"\"}",
          "{\"a\": {\"b\": [{}]}}",
          "{\"$ref\": \"#\"}",
          "{\"__proto__\": {\"admin\": true}}",
          nested(50),
          nested(98),
          nested(101),
          nested(5_000));

  static final List<Mutation> ALL =
      List.of(
          mutation("a value of another kind", (draft, random) -> replace(draft, random)),
          mutation("a value of another kind", (draft, random) -> replace(draft, random)),
          mutation("a value of another kind", (draft, random) -> replace(draft, random)),
          mutation("a field is missing", ValueMutations::remove),
          mutation("an unknown field", ValueMutations::unknown),
          mutation("a field twice", ValueMutations::twice),
          mutation("a field renamed", ValueMutations::rename),
          mutation("a text changed", ValueMutations::change));

  private ValueMutations() {}

  private static String nested(int levels) {
    return "[".repeat(levels) + "]".repeat(levels);
  }

  private static void replace(Draft draft, Random random) {
    edit(
        draft,
        (root, text) -> {
          List<Place> places = places(root);
          if (places.isEmpty()) {
            return text;
          }
          one(places, random).put(JSON.getNodeFactory().stringNode(HERE));
          return root.toString().replace("\"" + HERE + "\"", one(JUNK, random));
        });
  }

  private static void remove(Draft draft, Random random) {
    edit(
        draft,
        (root, text) -> {
          List<ObjectNode> objects = objects(root);
          ObjectNode object = one(objects, random);
          if (!object.isEmpty()) {
            object.remove(one(List.copyOf(object.propertyNames()), random));
          }
          return root.toString();
        });
  }

  private static void unknown(Draft draft, Random random) {
    List<String> names =
        List.of(
            "unknown", "", "a/b~c", "\u0000", "\ud800", "__proto__", "TYPE", "x".repeat(10_000));
    edit(
        draft,
        (root, text) -> {
          one(objects(root), random).put(HERE, HERE);
          String name = escaped(one(names, random));
          return root.toString()
              .replace("\"" + HERE + "\":\"" + HERE + "\"", name + ":" + one(JUNK, random));
        });
  }

  private static void twice(Draft draft, Random random) {
    edit(
        draft,
        (root, text) -> {
          ObjectNode object = one(objects(root), random);
          if (object.isEmpty()) {
            return text;
          }
          String name = one(List.copyOf(object.propertyNames()), random);
          object.put(HERE, HERE);
          return root.toString()
              .replace(
                  "\"" + HERE + "\":\"" + HERE + "\"", escaped(name) + ":" + one(JUNK, random));
        });
  }

  private static void rename(Draft draft, Random random) {
    edit(
        draft,
        (root, text) -> {
          ObjectNode object = one(objects(root), random);
          if (object.isEmpty()) {
            return text;
          }
          String name = one(List.copyOf(object.propertyNames()), random);
          JsonNode value = object.remove(name);
          object.set(random.nextBoolean() ? name.toUpperCase(Locale.ROOT) : name + " ", value);
          return root.toString();
        });
  }

  private static void change(Draft draft, Random random) {
    edit(
        draft,
        (root, text) -> {
          List<Place> places =
              places(root).stream().filter(place -> place.value().isString()).toList();
          if (places.isEmpty()) {
            return text;
          }
          Place place = one(places, random);
          StringBuilder changed = new StringBuilder(place.value().stringValue());
          int at = random.nextInt(changed.length() + 1);
          changed.insert(at, (char) random.nextInt(0xD800));
          place.put(JSON.getNodeFactory().stringNode(changed.toString()));
          return root.toString();
        });
  }

  /// Edits a body that is still a JSON object; others are left alone.
  private static void edit(Draft draft, BiFunction<ObjectNode, String, String> editing) {
    if (draft.body == null) {
      return;
    }
    String text = new String(draft.body, StandardCharsets.UTF_8);
    try {
      if (JSON.readTree(text) instanceof ObjectNode root) {
        draft.body = editing.apply(root, text).getBytes(StandardCharsets.UTF_8);
      }
    } catch (JacksonException _) {
      // An earlier mutation made something else of it.
    }
  }

  private static String escaped(String name) {
    StringBuilder escaped = new StringBuilder("\"");
    for (int i = 0; i < name.length(); i++) {
      char one = name.charAt(i);
      escaped.append(
          one < ' ' || one > '~' || one == '"' || one == '\\'
              ? "\\u%04x".formatted((int) one)
              : one);
    }
    return escaped.append('"').toString();
  }

  /// Where a value is.
  private interface Place {
    JsonNode value();

    void put(JsonNode value);
  }

  private record Field(ObjectNode object, String name) implements Place {
    @Override
    public JsonNode value() {
      return object.get(name);
    }

    @Override
    public void put(JsonNode value) {
      object.set(name, value);
    }
  }

  private record Entry(ArrayNode array, int index) implements Place {
    @Override
    public JsonNode value() {
      return array.get(index);
    }

    @Override
    public void put(JsonNode value) {
      array.set(index, value);
    }
  }

  private static List<Place> places(JsonNode node) {
    List<Place> places = new ArrayList<>();
    if (node instanceof ObjectNode object) {
      object.propertyNames().forEach(name -> places.add(new Field(object, name)));
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        places.add(new Entry(array, i));
      }
    }
    node.valueStream().forEach(child -> places.addAll(places(child)));
    return places;
  }

  private static List<ObjectNode> objects(JsonNode node) {
    List<ObjectNode> objects = new ArrayList<>();
    if (node instanceof ObjectNode object) {
      objects.add(object);
    }
    node.valueStream().forEach(child -> objects.addAll(objects(child)));
    return objects;
  }
}
