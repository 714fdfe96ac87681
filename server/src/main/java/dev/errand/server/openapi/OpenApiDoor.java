package dev.errand.server.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// `GET /openapi.json` and `GET /docs`: what this API is, for programs and for people. Open to
/// everybody: it tells of every Errand server the same.
@RestController
public final class OpenApiDoor {
  private static final MediaType HTML = new MediaType("text", "html", StandardCharsets.UTF_8);
  private static final MediaType CSS = new MediaType("text", "css", StandardCharsets.UTF_8);

  private final JsonMapper json;

  /// Made when somebody asks for the first time: most starts serve nobody's curiosity.
  private @Nullable Rendered rendered;

  public OpenApiDoor(JsonMapper json) {
    this.json = json;
  }

  private record Rendered(String document, String page) {}

  @GetMapping("/openapi.json")
  ResponseEntity<byte[]> document() {
    return answer(MediaType.APPLICATION_JSON, rendered().document());
  }

  @GetMapping("/docs")
  ResponseEntity<byte[]> page() {
    return answer(HTML, rendered().page());
  }

  @GetMapping("/docs/style.css")
  ResponseEntity<byte[]> style() {
    return answer(CSS, resource("/openapi/docs.css"));
  }

  private static ResponseEntity<byte[]> answer(MediaType type, String text) {
    return ResponseEntity.ok().contentType(type).body(text.getBytes(StandardCharsets.UTF_8));
  }

  private synchronized Rendered rendered() {
    if (rendered == null) {
      ObjectNode document = OpenApi.document(json);
      rendered = new Rendered(json.writeValueAsString(document), new DocsPage(document).render());
    }
    return rendered;
  }

  private static String resource(String name) {
    try (InputStream bytes =
        Objects.requireNonNull(OpenApiDoor.class.getResourceAsStream(name), name)) {
      return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
