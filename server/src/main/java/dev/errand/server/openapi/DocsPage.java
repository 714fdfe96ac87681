package dev.errand.server.openapi;

import static org.springframework.web.util.HtmlUtils.htmlEscape;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The API's description as one page of HTML that needs no script and nothing from elsewhere.
/// Headings, lists and tables are what they look like, so that it can be read without seeing it.
final class DocsPage {
  private static final List<String> METHODS = List.of("get", "post", "put", "patch", "delete");

  private final ObjectNode document;
  private final Prose prose = new Prose();
  private final SchemaHtml schemas;
  private final ExampleHtml examples = new ExampleHtml();

  DocsPage(ObjectNode document) {
    this.document = document;
    this.schemas = new SchemaHtml(prose);
  }

  private record Operation(String path, String method, JsonNode shared, JsonNode json) {
    String id() {
      return json.path("operationId").asString();
    }

    /// Its own parameters, and those of its path.
    Stream<JsonNode> parameters() {
      return Stream.concat(
          shared.path("parameters").valueStream(), json.path("parameters").valueStream());
    }
  }

  String render() {
    JsonNode info = document.path("info");
    return """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>%1$s API</title>
    <link rel="stylesheet" href="/docs/style.css">
    </head>
    <body>
    <a class="skip" href="#main">Skip to the content</a>
    <header>
    <h1>%1$s API</h1>
    <p>%2$s</p>
    </header>
    <nav aria-label="Contents">
    %3$s</nav>
    <main id="main">
    <section aria-labelledby="about">
    <h2 id="about">About</h2>
    %4$s
    <p>For programs: <a href="/openapi.json">openapi.json</a></p>
    </section>
    %5$s
    <section aria-labelledby="schemas">
    <h2 id="schemas">Schemas</h2>
    %6$s
    </section>
    </main>
    </body>
    </html>
    """
        .formatted(
            text(info, "title"),
            text(info, "summary"),
            contents(),
            prose.html(info.path("description").asString()),
            tags().map(this::section).collect(Collectors.joining()),
            document.at("/components/schemas").properties().stream()
                .map(schema -> schemas.named(schema.getKey(), schema.getValue()))
                .collect(Collectors.joining()));
  }

  private Stream<JsonNode> tags() {
    return document.path("tags").valueStream();
  }

  private Stream<Operation> operations(JsonNode tag) {
    String name = tag.path("name").asString();
    return document.path("paths").properties().stream()
        .flatMap(DocsPage::operations)
        .filter(one -> one.json().at("/tags/0").asString().equals(name));
  }

  private static Stream<Operation> operations(Map.Entry<String, JsonNode> path) {
    JsonNode shared = path.getValue();
    return METHODS.stream()
        .filter(shared::has)
        .map(method -> new Operation(path.getKey(), method, shared, shared.get(method)));
  }

  private String contents() {
    return "<ul>\n%s<li><a href=\"#schemas\">Schemas</a></li>\n</ul>\n"
        .formatted(
            tags()
                .map(tag ->
                    "<li><a href=\"#%s\">%s</a>\n<ul>\n%s</ul></li>\n"
                        .formatted(
                            anchor(tag),
                            text(tag, "name"),
                            operations(tag).map(DocsPage::entry).collect(Collectors.joining())))
                .collect(Collectors.joining()));
  }

  private static String entry(Operation one) {
    return "<li><a href=\"#%s\">%s</a></li>\n".formatted(one.id(), text(one.json(), "summary"));
  }

  private String section(JsonNode tag) {
    return """
    <section aria-labelledby="%1$s">
    <h2 id="%1$s">%2$s</h2>
    %3$s%4$s</section>
    """
        .formatted(
            anchor(tag),
            text(tag, "name"),
            prose.html(tag.path("description").asString()),
            operations(tag).map(this::article).collect(Collectors.joining()));
  }

  private String article(Operation one) {
    return """
    <article aria-labelledby="%1$s">
    <h3 id="%1$s">%2$s</h3>
    <p><code class="call"><b>%3$s</b> %4$s</code></p>
    %5$s%6$s%7$s%8$s</article>
    """
        .formatted(
            one.id(),
            text(one.json(), "summary"),
            one.method().toUpperCase(Locale.ROOT),
            htmlEscape(one.path()),
            prose.html(one.json().path("description").asString()),
            parameters(one),
            body(one),
            responses(one));
  }

  private String parameters(Operation one) {
    List<JsonNode> parameters = one.parameters().map(this::resolved).toList();
    if (parameters.isEmpty()) {
      return "";
    }
    return "<h4>Parameters</h4>\n<dl>\n%s</dl>\n"
        .formatted(parameters.stream().map(this::parameter).collect(Collectors.joining()));
  }

  private String parameter(JsonNode parameter) {
    return "<dt><code>%s</code> <small>in the %s%s</small></dt>\n<dd>%s %s</dd>\n"
        .formatted(
            text(parameter, "name"),
            text(parameter, "in"),
            parameter.path("required").asBoolean(false) ? ", required" : "",
            schemas.inWords(parameter.path("schema")),
            prose.inline(parameter.path("description").asString()));
  }

  private String body(Operation one) {
    JsonNode media = one.json().at("/requestBody/content/application~1json");
    return media.isMissingNode()
        ? ""
        : "<h4>Body</h4>\n%s%s"
            .formatted(
                schemas.fields(media.path("schema")),
                examples.calls(one.method(), one.path(), media));
  }

  private String responses(Operation one) {
    return "<h4>Answers</h4>\n<dl>\n%s</dl>\n"
        .formatted(
            one.json().path("responses").properties().stream()
                .map(this::response)
                .collect(Collectors.joining()));
  }

  private String response(Map.Entry<String, JsonNode> named) {
    JsonNode response = resolved(named.getValue());
    String status = named.getKey().equals("default") ? "otherwise" : named.getKey();
    return "<dt>%s</dt>\n<dd>%s%s</dd>\n"
        .formatted(
            htmlEscape(status),
            prose.inline(response.path("description").asString()),
            response.path("content").properties().stream()
                .map(media ->
                    " <br><code>%s</code> %s"
                        .formatted(
                            htmlEscape(media.getKey()),
                            schemas.inWords(media.getValue().path("schema"))))
                .collect(Collectors.joining()));
  }

  private JsonNode resolved(JsonNode node) {
    String reference = node.path("$ref").asString("");
    return reference.isEmpty() ? node : document.at(reference.substring(1));
  }

  private static String anchor(JsonNode tag) {
    return "tag-" + tag.path("name").asString().toLowerCase(Locale.ROOT).replace(' ', '-');
  }

  private static String text(JsonNode node, String name) {
    return htmlEscape(node.path(name).asString(""));
  }
}
