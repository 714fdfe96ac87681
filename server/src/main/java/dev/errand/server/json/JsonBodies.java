package dev.errand.server.json;

import dev.errand.engine.attempt.InvalidParams.Violation;
import dev.errand.engine.problem.Problem;
import dev.errand.server.problem.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Reads the bodies of requests, and trusts none of them. Thread-safe.
public final class JsonBodies {
  /// What a body may have that carries no artifact.
  public static final long MAX_BYTES = 1024 * 1024;

  private final JsonMapper json;

  public JsonBodies(JsonMapper json) {
    this.json = json;
  }

  /// Reads one object of at most [#MAX_BYTES].
  ///
  /// @throws Problem.Refused or [Refusal.Refused] for anything else
  public ObjectNode readObject(HttpServletRequest request) throws IOException {
    return readObject(request, MAX_BYTES);
  }

  /// Reads one object of at most `maxBytes`, of which no text is longer than [#MAX_BYTES].
  ///
  /// @throws Problem.Refused or [Refusal.Refused] for anything else
  public ObjectNode readObject(HttpServletRequest request, long maxBytes) throws IOException {
    JsonNode body = read(request, maxBytes, json::readTree);
    if (!(body instanceof ObjectNode object)) {
      throw unreadable(
          body.isMissingNode() ? "The body is empty" : "The body must be a JSON object");
    }
    List<Violation> hostile = UnstorableText.in(object);
    if (!hostile.isEmpty()) {
      throw new Problem.InvalidTask(hostile).refused();
    }
    return object;
  }

  /// Reads a body token by token.
  ///
  /// @param maxBytes of the whole body
  /// @throws Problem.Refused or [Refusal.Refused] for what is not one JSON value
  public <T> T parse(HttpServletRequest request, long maxBytes, Parsing<T> parsing)
      throws IOException {
    return read(
        request,
        maxBytes,
        text -> {
          try (JsonParser parser = json.createParser(text)) {
            return parsing.parse(parser);
          }
        });
  }

  /// What to make of a body's tokens.
  public interface Parsing<T> {
    T parse(JsonParser parser);
  }

  private interface Reading<T> {
    T read(Reader text);
  }

  private <T> T read(HttpServletRequest request, long maxBytes, Reading<T> reading)
      throws IOException {
    requireJson(request);
    if (request.getContentLengthLong() > maxBytes) {
      throw tooLarge(maxBytes);
    }
    InputStream bytes = new BoundedStream(request.getInputStream(), maxBytes);
    // A decoder of one's own refuses what is not UTF-8 instead of replacing it.
    try (Reader text = new InputStreamReader(bytes, StandardCharsets.UTF_8.newDecoder())) {
      return reading.read(text);
    } catch (JacksonException e) {
      throw refused(e, maxBytes);
    } catch (NumberFormatException _) {
      // Jackson lets this one through for exponents beyond its own.
      throw unreadable("The body is not proper JSON: a number is out of all bounds");
    }
  }

  private static RuntimeException refused(JacksonException e, long maxBytes) throws IOException {
    return switch (e.getCause()) {
      case BoundedStream.Exceeded _ -> tooLarge(maxBytes);
      case CharacterCodingException _ -> unreadable("The body is not UTF-8");
      case IOException broken -> throw broken;
      case null, default -> unreadable(UnreadableJson.explain(e));
    };
  }

  private static Problem.Refused tooLarge(long maxBytes) {
    return new Problem.TooLarge("The body", maxBytes).refused();
  }

  private static RuntimeException unreadable(String what) {
    return Refusal.of(HttpStatus.BAD_REQUEST, "unreadable_json", what + ".").refused();
  }

  private static void requireJson(HttpServletRequest request) {
    if (!isJson(request.getContentType()) || request.getHeader("Content-Encoding") != null) {
      throw Refusal.of(
              HttpStatus.UNSUPPORTED_MEDIA_TYPE,
              "unsupported_media_type",
              "Send the body as it is, with Content-Type: application/json (UTF-8).")
          .refused();
    }
  }

  private static boolean isJson(@Nullable String contentType) {
    try {
      MediaType type = MediaType.parseMediaType(contentType == null ? "" : contentType);
      return (type.isCompatibleWith(MediaType.APPLICATION_JSON)
              || "json".equals(type.getSubtypeSuffix()))
          && (type.getCharset() == null || type.getCharset().equals(StandardCharsets.UTF_8));
    } catch (InvalidMediaTypeException _) {
      return false;
    }
  }
}
