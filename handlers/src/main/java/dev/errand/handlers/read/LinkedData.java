package dev.errand.handlers.read;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The linked data (JSON-LD) in a page's scripts, as far as the reader uses it. Scripts that are
/// not valid JSON, which are common, are ignored.
final class LinkedData {
  private static final int MAX_CHARS = 1_000_000;
  private static final int MAX_OBJECTS = 200;
  private static final int MAX_TEXT = 100_000;

  private final Set<String> types = new HashSet<>();
  private final StringBuilder text = new StringBuilder();
  private @Nullable String author;
  private @Nullable String published;

  void read(String script) {
    if (script.length() > MAX_CHARS) {
      return;
    }
    try {
      read(JsonMapper.shared().readTree(script));
    } catch (JacksonException _) {
      // Nobody can mend the page; its visible text is still there.
    }
  }

  /// Of the things the page is about, such as `Article`; not of what they mention.
  Set<String> types() {
    return types;
  }

  Optional<String> author() {
    return Optional.ofNullable(author);
  }

  Optional<String> published() {
    return Optional.ofNullable(published);
  }

  /// Descriptions and bodies of the things the page is about.
  String text() {
    return text.toString();
  }

  private void read(JsonNode root) {
    Deque<JsonNode> found = new ArrayDeque<>();
    found.add(root);
    for (int seen = 0; seen < MAX_OBJECTS && !found.isEmpty(); seen++) {
      JsonNode node = found.remove();
      if (node.isArray()) {
        node.forEach(found::add);
      } else if (node.isObject()) {
        note(node);
        found.add(node.path("@graph"));
      }
    }
  }

  private void note(JsonNode thing) {
    each(thing.path("@type"), type -> types.add(type.asString("")));
    for (String field : List.of("description", "articleBody", "text", "reviewBody")) {
      if (thing.path(field).isString() && text.length() < MAX_TEXT) {
        text.append(thing.path(field).asString()).append('\n');
      }
    }
    if (published == null && thing.path("datePublished").isString()) {
      published = thing.path("datePublished").asString();
    }
    if (author == null) {
      each(thing.path("author"), this::noteAuthor);
    }
  }

  private void noteAuthor(JsonNode person) {
    String name = person.isString() ? person.asString() : person.path("name").asString("");
    if (!name.isBlank()) {
      author = author == null ? name : author + ", " + name;
    }
  }

  private static void each(JsonNode oneOrMany, Consumer<JsonNode> action) {
    if (oneOrMany.isArray()) {
      oneOrMany.forEach(action);
    } else {
      action.accept(oneOrMany);
    }
  }
}
