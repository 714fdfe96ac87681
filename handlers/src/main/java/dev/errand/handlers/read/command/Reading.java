package dev.errand.handlers.read.command;

import dev.errand.handlers.read.Document;
import dev.errand.handlers.read.DocumentMarkdown;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// The result of reading one source.
///
/// @param url where it was fetched from, after all redirects; absent for files
/// @param document absent when it could not be read
/// @param error why not
record Reading(
    Source source, @Nullable String url, @Nullable Document document, @Nullable String error) {

  static Reading of(Source source, @Nullable String url, Document document) {
    return new Reading(source, url, document, null);
  }

  static Reading failed(Source source, String error) {
    return new Reading(source, null, null, error);
  }

  /// One line of JSON. Keys that do not apply are null.
  String json(Format format) {
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("file", source.isAddress() ? null : source.typed());
    line.put("url", source.isAddress() && url == null ? source.typed() : url);
    if (document == null) {
      line.put("error", error);
    } else {
      describe(document, format, line);
    }
    return JsonMapper.shared().writeValueAsString(line);
  }

  private static void describe(
      Document document, Format format, Map<String, @Nullable Object> line) {
    line.put("type", document.type());
    line.put("strategy", document.strategy());
    line.put("confidence", Math.round(document.confidence() * 1000) / 1000.0);
    line.put("title", document.title());
    line.put("author", document.author());
    line.put("date", document.published());
    line.put("language", document.language());
    line.put("text", format == Format.MARKDOWN ? DocumentMarkdown.of(document) : document.text());
    line.put("links", document.links().stream().map(Reading::link).toList());
  }

  private static Map<String, String> link(Document.Link link) {
    return Map.of("url", link.target(), "text", link.text());
  }

  /// The text alone, for a person.
  String plain(Format format) {
    if (document == null) {
      return "";
    }
    return format == Format.MARKDOWN ? DocumentMarkdown.of(document) : document.text();
  }

  boolean isEmpty() {
    return document != null && document.text().isEmpty();
  }

  /// What is printed.
  enum Format {
    TEXT,
    MARKDOWN,
    JSON
  }
}
