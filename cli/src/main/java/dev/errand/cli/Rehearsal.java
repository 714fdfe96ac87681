package dev.errand.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.errand.cli.command.ExitCode;
import dev.errand.cli.command.Interruption;
import dev.errand.cli.view.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// Goes through the usual commands against a stand-in for a server, so that the JDK can record what
/// they load and the next ones start in a fraction of the time. The launcher runs it once a build.
final class Rehearsal {
  private static final String ID = "01980c6e-5b1f-7d6a-9f1e-2b6f3c1d4e5f";
  private static final String TASK =
      """
      {"id":"%s","type":"research","status":"completed","params":{"prompt":"Why?"},"progress":100,
       "current_step":null,"steps":[{"name":"plan","finished_at":"2026-01-01T00:00:02Z"}],
       "attempt":1,"max_retries":3,"tags":[],"created_at":"2026-01-01T00:00:00Z",
       "started_at":"2026-01-01T00:00:01Z","finished_at":"2026-01-01T00:00:03Z",
       "result":{"artifact_ids":["%s"],"share":0.5},"error":null}\
      """
          .formatted(ID, ID);
  private static final String EVENTS =
      """
      id: 1
      event: queued
      data: {}

      id: 2
      event: step_started
      data: {"step":"plan"}

      id: 3
      event: progress
      data: {"percent":50,"message":"reading"}

      id: 4
      event: completed
      data: {}

      """;
  private static final List<List<String>> COMMANDS =
      List.of(
          List.of("list", "--limit", "5"),
          List.of("list", "--json"),
          List.of("show", "4e5f"),
          List.of("submit", "echo", "--params", "{\"msg\":\"hello\"}", "--delay", "5s"),
          List.of("watch", ID),
          List.of("watch", ID, "--json"),
          List.of("research", "Why?", "--url", "https://example.org/"),
          List.of("log", ID),
          List.of("artifacts", ID),
          List.of("cancel", "unknown!"),
          List.of("cancel", ID),
          List.of("help"),
          List.of("list", "--help"));

  private Rehearsal() {}

  /// @return an [ExitCode]
  static int play() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    HttpServer server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    server.createContext("/", Rehearsal::answer);
    server.start();
    try {
      String url = "http://127.0.0.1:" + server.getAddress().getPort();
      Map<String, String> environment = Map.of("ERRAND_URL", url, "ERRAND_TOKEN", "rehearsal");
      for (boolean live : new boolean[] {true, false}) {
        for (List<String> typed : COMMANDS) {
          new CommandLine(environment, silent(live), new Interruption()).run(typed);
        }
      }
      return ExitCode.DONE;
    } finally {
      server.stop(0);
    }
  }

  private static Terminal silent(boolean live) {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return new Terminal(InputStream.nullInputStream(), nowhere, nowhere, live, live, 80);
  }

  private static void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    boolean streamed =
        String.valueOf(exchange.getRequestHeaders().getFirst("Accept")).contains("event-stream");
    byte[] body = (streamed ? EVENTS : json(path)).getBytes(StandardCharsets.UTF_8);
    String type = streamed ? "text/event-stream" : "application/json";
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(path.endsWith("/cancel") ? 409 : 200, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  private static String json(String path) {
    if (path.endsWith("/log")) {
      return "{\"number\":1,\"at\":\"2026-01-01T00:00:01Z\",\"level\":\"info\",\"text\":\"line\"}\n";
    }
    if (path.endsWith("/meta")) {
      return "{\"id\":\"%s\",\"name\":\"report.md\",\"type\":\"report\",\"size\":9}".formatted(ID);
    }
    if (path.endsWith("/cancel")) {
      return "{\"code\":\"conflict\",\"detail\":\"The task has ended.\",\"errors\":[]}";
    }
    return path.equals("/tasks") ? "{\"tasks\":[" + TASK + "],\"next_cursor\":null}" : TASK;
  }
}
