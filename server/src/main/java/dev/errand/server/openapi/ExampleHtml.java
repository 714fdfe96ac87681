package dev.errand.server.openapi;

import static org.springframework.web.util.HtmlUtils.htmlEscape;

import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Examples as commands that can be copied into a shell.
final class ExampleHtml {

  /// Each example of `media` as a call of `path`.
  String calls(String method, String path, JsonNode media) {
    return media.has("example")
        ? call("Example", method, path, media.get("example"))
        : media.path("examples").properties().stream()
            .map(example ->
                call(
                    example.getValue().path("summary").asString(example.getKey()),
                    method,
                    path,
                    example.getValue().path("value")))
            .collect(Collectors.joining());
  }

  private static String call(String title, String method, String path, JsonNode body) {
    String command =
        """
        curl -X %s "$ERRAND_URL%s" \\
          -H "Authorization: Bearer $ERRAND_TOKEN" \\
          -H "Content-Type: application/json" \\
          -d '%s'\
        """
            .formatted(
                method.toUpperCase(Locale.ROOT), path, body.toPrettyString().replace("'", "'\\''"));
    // What scrolls must be reachable by keyboard, and have a name then.
    return """
    <figure>
    <figcaption>%1$s</figcaption>
    <pre tabindex="0" role="region" aria-label="%1$s"><code>%2$s</code></pre>
    </figure>
    """
        .formatted(htmlEscape(title), htmlEscape(command));
  }
}
