package dev.errand.server.artifact;

import dev.errand.engine.artifact.Artifact;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.util.UriUtils;

/// How a browser may show an artifact. Artifacts come from strangers: none is ever run.
///
/// @param contentType what the artifact is, as far as it says so properly
/// @param inline whether a browser may show it in place rather than save it
record Presentation(MediaType contentType, boolean inline) {
  /// What a browser shows without running anything of it. SVG and PDF are not among them.
  private static final Set<String> SHOWN =
      Set.of(
          "text/plain",
          "text/markdown",
          "text/csv",
          "application/json",
          "application/x-ndjson",
          "image/png",
          "image/jpeg",
          "image/gif",
          "image/webp");

  static Presentation of(Artifact artifact) {
    MediaType type = mediaType(artifact.contentType());
    boolean inline = SHOWN.contains(type.getType() + "/" + type.getSubtype());
    boolean saysCharset = type.getCharset() != null || !type.getType().equals("text");
    return new Presentation(
        saysCharset ? type : new MediaType(type, StandardCharsets.UTF_8), inline);
  }

  private static MediaType mediaType(String text) {
    try {
      return MediaType.parseMediaType(text);
    } catch (InvalidMediaTypeException _) {
      return MediaType.APPLICATION_OCTET_STREAM;
    }
  }

  /// What a browser calls the file it saves; old ones understand the plainer of the two names.
  String disposition(String name) {
    return "%s; filename=\"%s\"; filename*=UTF-8''%s"
        .formatted(
            inline ? "inline" : "attachment",
            name.replaceAll("[^A-Za-z0-9._ -]", "_"),
            UriUtils.encode(name, StandardCharsets.UTF_8));
  }
}
