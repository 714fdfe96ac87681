package dev.errand.testkit.llm;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Speaks OpenAI's protocol and answers what is asked of the generation tasks, without any thought.
///
/// It refuses what OpenAI would refuse: another path, no key, a body without model and messages.
/// Made of nothing but the JDK, so that `java FakeModel.java <port>` runs it too.
public final class FakeModel implements AutoCloseable {
  /// The only key it takes.
  public static final String KEY = "fake-model-key";

  private static final Pattern SCHEMA =
      Pattern.compile("\"json_schema\"\\s*:\\s*\\{\\s*\"name\"\\s*:\\s*\"(\\w+)\"");
  private static final Pattern MESSAGES =
      Pattern.compile("\"role\"\\s*:\\s*\"system\".*\"role\"\\s*:\\s*\"user\"", Pattern.DOTALL);

  /// As it stands in the body, where quotes and line ends are escaped.
  private static final Pattern EVIDENCE =
      Pattern.compile(
          "<evidence id=\\\\\"([\\d.]+)\\\\\"[^>]*>\\\\n(.{1,500}?)\\\\n(?:.*?\\\\n)?</evidence");

  private static final Map<String, String> ANSWERS =
      Map.of(
          "research_queries",
          "{\"queries\":[{\"question\":1,\"query\":\"what the model would look for\"}]}",
          "blog_outline",
          """
          {"title":"A title","meta_description":"About it.","sections":[
           {"heading":"First","points":["one"]},{"heading":"Second","points":["two"]}]}
          """,
          "blog_section",
          "{\"content\":\"Some *words*, <script>alert(1)</script> and more.\"}",
          "analysis",
          """
          {"summary":"It is clear.","audience":["people"],"themes":["a","b"],"risks":[]}
          """,
          "media_plan",
          """
          {"title":"Plan","summary":"Do it.","groups":[{"name":"Launch","channel":"Blog","goal":"Reach",
           "posts":[{"title":"Hello","content":"World","format":"text","keywords":["a"]}]}]}
          """,
          "brand_kit",
          """
          {"title":"Kit","mission":"To be.","values":["v"],"voice":{"description":"calm","do":["d"],
           "avoid":[]},"colors":[{"name":"Ink","hex":"#102030","use":"text"}],
           "typography":[{"role":"body","family":"serif"}],"messages":["m"]}
          """,
          "personas",
          """
          {"title":"People","personas":[{"name":"Ada","age_range":"30-40","occupation":"engineer",
           "goals":["g"],"frustrations":["f"],"channels":["c"],"message":"m"}]}
          """);

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private final Queue<Reply> next = new ConcurrentLinkedQueue<>();

  private FakeModel(HttpServer server) {
    this.server = server;
  }

  /// Something else than the usual answer.
  public interface Reply {
    /// Answers a request of which it knows the usual answer.
    void to(HttpExchange exchange, String usual) throws IOException;

    /// @param headers name, value, name, value…
    static Reply status(int status, String body, String... headers) {
      return (exchange, _) -> {
        for (int i = 0; i + 1 < headers.length; i += 2) {
          exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
        }
        send(exchange, status, body);
      };
    }

    /// A proper answer with this text.
    static Reply text(String text) {
      return (exchange, _) -> send(exchange, 200, completion(text, "stop"));
    }

    /// A proper answer that became too long.
    static Reply cutShort() {
      return (exchange, usual) ->
          send(exchange, 200, completion(usual.substring(0, usual.length() / 2), "length"));
    }

    /// A proper answer that does not say what it took.
    static Reply withoutUsage() {
      return (exchange, usual) ->
          send(exchange, 200, completion(usual, "stop").replaceFirst(",\"usage\".*}", "}"));
    }

    /// An answer that breaks off in the middle.
    static Reply brokenOff() {
      return (exchange, usual) -> {
        byte[] bytes = completion(usual, "stop").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes, 0, bytes.length / 2);
        exchange.getResponseBody().flush();
      };
    }

    /// The usual answer with something before and after it.
    static Reply wrapped(String before, String after) {
      return (exchange, usual) -> send(exchange, 200, completion(before + usual + after, "stop"));
    }

    /// No answer before `gate` has run.
    static Reply after(Runnable gate) {
      return (exchange, usual) -> {
        gate.run();
        send(exchange, 200, completion(usual, "stop"));
      };
    }
  }

  /// Starts one on loopback.
  ///
  /// @param port 0 for any that is free
  public static FakeModel start(int port) {
    try {
      FakeModel model =
          new FakeModel(
              HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0));
      model.server.createContext("/", model::answer);
      model.server.setExecutor(model.threads);
      model.server.start();
      return model;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Lays out answers for the next questions; those after them get the usual ones.
  public FakeModel next(Reply... replies) {
    next.addAll(List.of(replies));
    return this;
  }

  /// What to set `LLM_BASE_URL` to.
  public String url() {
    return "http://127.0.0.1:%d/v1".formatted(server.getAddress().getPort());
  }

  /// The bodies of all proper questions, in order.
  public List<String> asked() {
    return List.copyOf(bodies);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      if (!("Bearer " + KEY).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
        send(exchange, 401, error("Incorrect API key provided: fake-mod**key"));
        return;
      }
      if (!exchange.getRequestURI().getPath().equals("/v1/chat/completions")) {
        send(exchange, 404, error("Unknown request URL"));
        return;
      }
      Matcher schema = SCHEMA.matcher(body);
      String usual = schema.find() ? usual(schema.group(1), body) : "";
      if (!exchange.getRequestMethod().equals("POST")
          || !body.contains("\"model\"")
          || !MESSAGES.matcher(body).find()
          || usual.isEmpty()) {
        send(exchange, 400, error("The body is not a question that this server knows"));
        return;
      }
      bodies.add(body);
      Reply reply = next.poll();
      if (reply == null) {
        send(exchange, 200, completion(usual, "stop"));
      } else {
        reply.to(exchange, usual);
      }
    }
  }

  private static String usual(String asked, String body) {
    return asked.equals("research_section") ? repeated(body) : ANSWERS.getOrDefault(asked, "");
  }

  /// Says what the first piece of evidence says.
  private static String repeated(String body) {
    Matcher evidence = EVIDENCE.matcher(body);
    return evidence.find()
        ? "{\"statements\":[{\"text\":\"%s\",\"evidence\":[\"%s\"]}],\"follow_up\":[\"What else is known?\"]}"
            .formatted(evidence.group(2), evidence.group(1))
        : "{\"statements\":[],\"follow_up\":[]}";
  }

  private static String completion(String text, String reason) {
    return """
    {"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"fake","choices":[{"index":0,\
    "message":{"role":"assistant","content":%s},"finish_reason":"%s"}],\
    "usage":{"prompt_tokens":100,"completion_tokens":20,"total_tokens":120}}\
    """
        .formatted(quoted(text), reason);
  }

  private static String error(String message) {
    return "{\"error\":{\"message\":%s,\"type\":\"invalid_request_error\",\"param\":null,\"code\":null}}"
        .formatted(quoted(message));
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /// Runs until it is ended.
  public static void main(String[] arguments) {
    FakeModel model = start(arguments.length == 0 ? 0 : Integer.parseInt(arguments[0]));
    System.out.println(model.url());
  }
}
