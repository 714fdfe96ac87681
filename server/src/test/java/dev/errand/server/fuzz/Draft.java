package dev.errand.server.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A request that is being made. Its texts hold bytes: each character up to U+00FF is one.
public final class Draft {
  String method;
  String path;
  final List<String> query = new ArrayList<>();
  private final List<String> kept = new ArrayList<>();
  final List<String> headers = new ArrayList<>();
  byte @Nullable [] body;

  /// Whether the request is still one for the operation that it began as.
  boolean elsewhere;

  /// Whether where the request ends is a matter of opinion.
  boolean brokenOff;

  private final List<String> spoilt = new ArrayList<>();

  public Draft(String method, String path) {
    this.method = method;
    this.path = path;
  }

  public Draft query(String parameter) {
    query.add(parameter);
    return this;
  }

  /// A parameter that no mutation takes away.
  public Draft always(String parameter) {
    kept.add(parameter);
    return this;
  }

  public Draft header(String line) {
    headers.add(line);
    return this;
  }

  public Draft body(String json) {
    body = json.getBytes(StandardCharsets.UTF_8);
    return header("Content-Type: application/json");
  }

  void note(String mutation) {
    spoilt.add(mutation);
  }

  public String method() {
    return method;
  }

  public boolean elsewhere() {
    return elsewhere;
  }

  /// What was done to it, empty for a request that is as it should be.
  public List<String> spoilt() {
    return List.copyOf(spoilt);
  }

  String target() {
    List<String> all = Stream.concat(query.stream(), kept.stream()).toList();
    return all.isEmpty() ? path : path + "?" + String.join("&", all);
  }

  /// Replaces the header `name`, whatever its case.
  void replaceHeader(String name, String line) {
    headers.removeIf(header -> header.regionMatches(true, 0, name + ":", 0, name.length() + 1));
    headers.add(line);
  }

  /// A server hangs up on an address that is none, maybe before it has read a long body.
  private static final int LONGEST_ASTRAY = 8_000;

  private byte @Nullable [] sent() {
    return body != null && elsewhere && body.length > LONGEST_ASTRAY
        ? Arrays.copyOf(body, LONGEST_ASTRAY)
        : body;
  }

  /// The request as it goes over the wire.
  public byte[] bytes() {
    byte[] content = sent();
    StringBuilder head = new StringBuilder(method).append(' ').append(target());
    head.append(" HTTP/1.1\r\n");
    headers.forEach(header -> head.append(header).append("\r\n"));
    boolean framed =
        headers.stream()
            .anyMatch(line -> line.matches("(?is)(content-length|transfer-encoding):.*"));
    if (content != null && !framed) {
      head.append("Content-Length: ").append(content.length).append("\r\n");
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    if (content != null) {
      bytes.writeBytes(content);
    }
    return bytes.toByteArray();
  }

  /// The request as a command for a shell.
  public String curl(int port) {
    StringBuilder command = new StringBuilder("curl -i --path-as-is -X ").append(quoted(method));
    headers.forEach(header -> command.append(" -H ").append(quoted(header)));
    if (body != null) {
      command
          .append(" --data-binary ")
          .append(quoted(new String(body, StandardCharsets.ISO_8859_1)));
    }
    return command.append(' ').append(quoted("http://127.0.0.1:" + port + target())).toString();
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("$'");
    for (char one : text.substring(0, Math.min(text.length(), 4000)).toCharArray()) {
      if (one < ' ' || one > '~' || one == '\'' || one == '\\') {
        quoted.append("\\x%02x".formatted((int) one));
      } else {
        quoted.append(one);
      }
    }
    String more =
        text.length() > 4000 ? " # and %d bytes more".formatted(text.length() - 4000) : "";
    return quoted.append('\'').append(more).toString();
  }
}
