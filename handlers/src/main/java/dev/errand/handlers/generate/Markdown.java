package dev.errand.handlers.generate;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.jsoup.nodes.Entities;
import tools.jackson.databind.JsonNode;

/// What a model wrote, as Markdown and as HTML that does nothing but show it.
final class Markdown {
  private static final List<org.commonmark.Extension> EXTENSIONS =
      List.of(TablesExtension.create());
  private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();

  /// HTML in the text is shown as text, and links with unsafe protocols are dropped.
  private static final HtmlRenderer HTML =
      HtmlRenderer.builder().extensions(EXTENSIONS).escapeHtml(true).sanitizeUrls(true).build();

  private static final int DEEPEST_HEADING = 6;

  private Markdown() {}

  /// A whole page.
  static String html(String title, String markdown) {
    return """
    <!doctype html>
    <html>
    <head><meta charset="utf-8"><title>%s</title></head>
    <body>
    %s</body>
    </html>
    """
        .formatted(Entities.escape(title), HTML.render(PARSER.parse(markdown)));
  }

  /// A JSON value for people: its fields as headings, lists and lines.
  static String of(String title, JsonNode value) {
    StringBuilder text = new StringBuilder("# ").append(line(title)).append("\n\n");
    fields(value, 2, text);
    return text.toString();
  }

  private static void fields(JsonNode object, int level, StringBuilder text) {
    object.properties().stream()
        .filter(field -> !field.getValue().isContainer())
        .forEach(field ->
            text.append(
                "**%s:** %s\n\n"
                    .formatted(words(field.getKey()), line(field.getValue().asString()))));
    object.properties().stream()
        .filter(field -> field.getValue().isContainer())
        .forEach(field -> part(words(field.getKey()), field.getValue(), level, text));
  }

  private static void part(String name, JsonNode value, int level, StringBuilder text) {
    text.append("#".repeat(Math.min(level, DEEPEST_HEADING)))
        .append(' ')
        .append(line(name))
        .append("\n\n");
    if (value.isObject()) {
      fields(value, level + 1, text);
    } else if (value.valueStream().noneMatch(JsonNode::isContainer)) {
      text.append(
              value
                  .valueStream()
                  .map(one -> "- " + line(one.asString()) + "\n")
                  .collect(Collectors.joining()))
          .append('\n');
    } else {
      for (JsonNode one : value) {
        if (one.isObject()) {
          part(nameOf(one), one, level + 1, text);
        } else {
          text.append("- ").append(line(one.asString(""))).append("\n\n");
        }
      }
    }
  }

  private static String nameOf(JsonNode one) {
    for (String field : List.of("name", "title", "heading", "channel")) {
      if (one.path(field).isString()) {
        return one.path(field).stringValue();
      }
    }
    return "Part";
  }

  private static String words(String field) {
    String words = field.replace('_', ' ');
    return words.isEmpty()
        ? words
        : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  /// The text on one line, with single blanks.
  static String line(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }
}
