package dev.errand.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// HTTP as this client needs it. It stands on [HttpURLConnection] because that is ready some 150 ms
/// before the newer client is, which a command line's user waits for.
final class Http {
  static final String JSON = "application/json";

  /// How long a server may take for an ordinary answer.
  static final Duration SILENCE = Duration.ofSeconds(30);

  private static final Map<String, String> NO_HEADERS = Map.of();
  private static final int CONNECT_MILLIS = 5_000;
  private static final int ERROR_BODY_LIMIT = 64 * 1024;

  private final URI server;
  private final @Nullable String token;

  /// @param server without a slash at its end
  Http(URI server, @Nullable String token) {
    this.server = server;
    this.token = token;
  }

  /// One request.
  ///
  /// @param silence how long the server may send nothing before the request counts as failed
  record Request(
      String method,
      String path,
      Map<String, String> headers,
      @Nullable ObjectNode body,
      Duration silence) {
    static Request get(String path, Map<String, String> headers, Duration silence) {
      return new Request("GET", path, headers, null, silence);
    }
  }

  /// A granted request, its body still to be read.
  record Answer(String contentType, InputStream body) implements AutoCloseable {
    /// Reads as [InputStream#read(byte[])] does; a cut connection is the server's trouble.
    int read(byte[] buffer) {
      try {
        return body.read(buffer);
      } catch (IOException e) {
        throw new Unreachable("The connection was cut in the middle of the answer.", e);
      }
    }

    @Override
    public void close() throws IOException {
      body.close();
    }
  }

  /// The JSON at `path`; fails as [#json] does, as the following ones do.
  JsonNode get(String path) {
    return json(Request.get(path, NO_HEADERS, SILENCE));
  }

  JsonNode post(String path) {
    return post(path, Json.object());
  }

  JsonNode post(String path, ObjectNode body) {
    return post(path, NO_HEADERS, body);
  }

  JsonNode post(String path, Map<String, String> headers, ObjectNode body) {
    return json(new Request("POST", path, headers, body, SILENCE));
  }

  JsonNode put(String path, ObjectNode body) {
    return json(new Request("PUT", path, NO_HEADERS, body, SILENCE));
  }

  /// Deletes what is at `path`; the answer has nothing to read.
  ///
  /// @throws Refused when the server says no
  /// @throws Unreachable when no server answers
  void delete(String path) {
    try (Answer answer = send(new Request("DELETE", path, NO_HEADERS, null, SILENCE))) {
      answer.body().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new Unreachable("The connection was cut in the middle of the answer.", e);
    }
  }

  /// Sends `request` and reads the JSON it is answered with.
  ///
  /// @throws Refused when the server says no
  /// @throws Unreachable when no server answers, or one that does not speak JSON
  JsonNode json(Request request) {
    try (Answer answer = send(request)) {
      return Json.read(answer.body());
    } catch (JacksonException | IOException e) {
      throw new Unreachable(
          "What answers at " + server + " does not speak as an Errand server does.", e);
    }
  }

  /// Sends `request`; the caller closes the answer.
  ///
  /// @throws Refused when the server says no
  /// @throws Unreachable when no server answers
  Answer send(Request request) {
    try {
      HttpURLConnection connection = open(request);
      int status = connection.getResponseCode();
      if (status < 200 || status > 299) {
        throw refusal(connection, status);
      }
      String type = connection.getContentType();
      return new Answer(type == null ? "" : type, connection.getInputStream());
    } catch (SocketTimeoutException e) {
      throw new Unreachable("The server at " + server + " does not answer in time.", e);
    } catch (IOException e) {
      throw new Unreachable("No server answers at " + server + ": " + e.getMessage(), e);
    }
  }

  private HttpURLConnection open(Request request) throws IOException {
    var connection =
        (HttpURLConnection) URI.create(server + request.path()).toURL().openConnection();
    connection.setConnectTimeout(CONNECT_MILLIS);
    connection.setReadTimeout((int) request.silence().toMillis());
    // A redirect would carry the token to an address that nobody named.
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    connection.setRequestMethod(request.method());
    connection.setRequestProperty("Accept", JSON);
    request.headers().forEach(connection::setRequestProperty);
    if (token != null) {
      connection.setRequestProperty("Authorization", "Bearer " + token);
    }
    if (request.body() != null) {
      write(connection, Json.line(request.body()).getBytes(StandardCharsets.UTF_8));
    }
    return connection;
  }

  private static void write(HttpURLConnection connection, byte[] body) throws IOException {
    connection.setDoOutput(true);
    connection.setRequestProperty("Content-Type", JSON);
    try (OutputStream out = connection.getOutputStream()) {
      out.write(body);
    }
  }

  private static Refused refusal(HttpURLConnection connection, int status) {
    Duration retryAfter = retryAfter(connection.getHeaderField("Retry-After"));
    JsonNode problem = problem(connection);
    String code = Json.text(problem, "code");
    if (code != null) {
      return new Refused(status, code, detail(problem), violations(problem), retryAfter);
    }
    String detail = "HTTP " + status + " from " + connection.getURL() + ", and no reason given.";
    return new Refused(status, "http_" + status, detail, List.of(), retryAfter);
  }

  /// The problem document of a refusal; an empty one when there is none to be read.
  private static JsonNode problem(HttpURLConnection connection) {
    try (InputStream body = connection.getErrorStream()) {
      return body == null
          ? Json.object()
          : Json.read(new String(body.readNBytes(ERROR_BODY_LIMIT), StandardCharsets.UTF_8));
    } catch (JacksonException | IOException _) {
      return Json.object();
    }
  }

  private static String detail(JsonNode problem) {
    String detail = Json.text(problem, "detail");
    return detail == null ? problem.path("title").asString() : detail;
  }

  private static List<Refused.Violation> violations(JsonNode problem) {
    return Json.list(problem.path("errors"), Refused.Violation::of);
  }

  private static @Nullable Duration retryAfter(@Nullable String seconds) {
    try {
      return seconds == null ? null : Duration.ofSeconds(Long.parseLong(seconds.strip()));
    } catch (NumberFormatException _) {
      return null;
    }
  }
}
