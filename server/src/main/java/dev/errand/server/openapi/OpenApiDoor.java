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

  private record Rendered(byte[] document, byte[] page) {}

  @GetMapping("/openapi.json")
  ResponseEntity<byte[]> document() {
    return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(rendered().document());
  }

  @GetMapping("/docs")
  ResponseEntity<byte[]> page() {
    return ResponseEntity.ok().contentType(HTML).body(rendered().page());
  }

  @GetMapping("/docs/style.css")
  ResponseEntity<byte[]> style() {
    return ResponseEntity.ok().contentType(CSS).body(resource("/openapi/docs.css"));
  }

  private synchronized Rendered rendered() {
    if (rendered == null) {
      ObjectNode document = OpenApi.document(json);
      byte[] page = new DocsPage(document).render().getBytes(StandardCharsets.UTF_8);
      rendered = new Rendered(json.writeValueAsBytes(document), page);
    }
    return rendered;
  }

  private static byte[] resource(String name) {
    try (InputStream bytes =
        Objects.requireNonNull(OpenApiDoor.class.getResourceAsStream(name), name)) {
      return bytes.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
