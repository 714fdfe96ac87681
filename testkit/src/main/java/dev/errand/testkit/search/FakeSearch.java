package dev.errand.testkit.search;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/// Every search engine that Errand knows, on one port, and the pages that they find.
///
/// Each refuses what the real one would refuse. They fail when asked to: a query with the word
/// `fail-429` in it is answered as the engine answers when it has enough, and likewise `fail-500`,
/// `fail-503`, `fail-slow`, `fail-half`, `fail-cut`, `fail-html`, `fail-empty` and each engine's
/// own. Made of nothing but the JDK, so that `java FakeSearch.java <port>` runs it too.
public final class FakeSearch implements AutoCloseable {
  private static final List<FakeEngine> ENGINES =
      List.of(
          new FakeBrave(),
          new FakeExa(),
          new FakeTavily(),
          new FakeSearxng(),
          new FakeWikipedia(),
          new FakeArxiv(),
          new FakeCrossref(),
          new FakeHackerNews());

  private static final Pattern FAIL = Pattern.compile("\\bfail-(\\w+)");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, List<FakeAsk>> asked = new ConcurrentHashMap<>();
  private final Map<String, Queue<String>> next = new ConcurrentHashMap<>();
  private final CountDownLatch closing = new CountDownLatch(1);

  private FakeSearch(HttpServer server) {
    this.server = server;
  }

  /// Starts all of them on loopback.
  ///
  /// @param port 0 for any that is free
  public static FakeSearch start(int port) {
    try {
      FakeSearch search =
          new FakeSearch(
              HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0));
      ENGINES.forEach(engine ->
          search.server.createContext(
              "/" + engine.name() + "/", exchange -> search.answer(engine, exchange)));
      search.server.createContext("/pages/", search::page);
      search.server.setExecutor(search.threads);
      search.server.start();
      return search;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Lays out failures for the next requests to one engine; those after them get usual answers.
  ///
  /// @param failures such as `429`; `ok` for a usual answer in between
  public FakeSearch next(String engine, String... failures) {
    next.computeIfAbsent(engine, _ -> new ConcurrentLinkedQueue<>()).addAll(List.of(failures));
    return this;
  }

  /// All requests to one engine, in order.
  public List<FakeAsk> asked(String engine) {
    return List.copyOf(asked.getOrDefault(engine, List.of()));
  }

  public String url() {
    return "http://127.0.0.1:%d".formatted(server.getAddress().getPort());
  }

  /// What to set so that Errand asks these engines.
  public Map<String, String> variables() {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("BRAVE_API_KEY", FakeBrave.KEY);
    variables.put("BRAVE_API_URL", url() + "/brave/res/v1/web/search");
    variables.put("EXA_API_KEY", FakeExa.KEY);
    variables.put("EXA_API_URL", url() + "/exa/search");
    variables.put("TAVILY_API_KEY", FakeTavily.KEY);
    variables.put("TAVILY_API_URL", url() + "/tavily/search");
    variables.put("SEARXNG_URL", url() + "/searxng");
    variables.put("WIKIPEDIA_URL", url() + "/wikipedia");
    variables.put("ARXIV_API_URL", url() + "/arxiv/api/query");
    variables.put("CROSSREF_API_URL", url() + "/crossref/works");
    variables.put("HACKERNEWS_API_URL", url() + "/hackernews/api/v1/search");
    variables.put(
        "SEARCH_SOURCE_ALLOWLIST",
        "brave,exa,tavily,searxng,wikipedia,arxiv,crossref,hackernews,local");
    variables.put("FETCH_PRIVATE_ALLOWLIST", "127.0.0.1");
    return variables;
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private FakePages pages() {
    return new FakePages(url() + "/pages/");
  }

  private void page(HttpExchange exchange) throws IOException {
    try (exchange) {
      String slug = exchange.getRequestURI().getPath().substring("/pages/".length());
      Optional<String> html = pages().html(slug);
      byte[] body = html.orElse("Not here").getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
      exchange.sendResponseHeaders(html.isPresent() ? 200 : 404, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private void answer(FakeEngine engine, HttpExchange exchange) throws IOException {
    try (exchange) {
      FakeAsk ask =
          FakeAsk.of(
              exchange.getRequestMethod(),
              exchange.getRequestURI().getPath().substring(engine.name().length() + 1),
              Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse(""),
              exchange.getRequestHeaders(),
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      asked.computeIfAbsent(engine.name(), _ -> new CopyOnWriteArrayList<>()).add(ask);
      send(reply(engine, ask), ask, exchange);
    } catch (InterruptedException _) {
      // It is being closed.
    }
  }

  private FakeReply reply(FakeEngine engine, FakeAsk ask) {
    Optional<FakeReply> refusal = engine.refusal(ask);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    Queue<String> laidOut = next.getOrDefault(engine.name(), new ConcurrentLinkedQueue<>());
    String failure = laidOut.poll();
    if (failure == null) {
      Matcher word = FAIL.matcher(engine.text(ask));
      failure = word.find() ? word.group(1) : "ok";
    }
    FakeReply usual = engine.answer(ask, pages());
    FakeReply own = engine.failures().get(failure);
    if (own != null) {
      return own;
    }
    return switch (failure) {
      case "ok" -> usual;
      case "500", "502" -> FakeReply.json(Integer.parseInt(failure), Map.of());
      case "503" -> FakeReply.json(503, Map.of()).with("Retry-After", "1");
      case "slow" -> usual.sent(FakeReply.Manner.SLOW);
      case "half" -> usual.sent(FakeReply.Manner.HALF);
      case "cut" -> usual.sent(FakeReply.Manner.CUT);
      case "html" ->
          new FakeReply(200, "text/html", Map.of(), "<h1>Hello</h1>", FakeReply.Manner.WHOLE);
      default -> FakeReply.json(500, Map.of("unknown_failure", failure));
    };
  }

  private void send(FakeReply reply, FakeAsk ask, HttpExchange exchange)
      throws IOException, InterruptedException {
    if (reply.manner() == FakeReply.Manner.SLOW) {
      closing.await();
      return;
    }
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    if (reply.manner() == FakeReply.Manner.HALF) {
      body = Arrays.copyOf(body, body.length / 2);
    }
    exchange.getResponseHeaders().set("Content-Type", reply.contentType());
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    if (ask.header("accept-encoding").contains("gzip")) {
      exchange.getResponseHeaders().set("Content-Encoding", "gzip");
      body = gzip(body);
    }
    exchange.sendResponseHeaders(reply.status(), body.length);
    int length = reply.manner() == FakeReply.Manner.CUT ? body.length / 2 : body.length;
    exchange.getResponseBody().write(body, 0, length);
    exchange.getResponseBody().flush();
    if (length < body.length) {
      throw new IOException("cut, as was asked");
    }
  }

  private static byte[] gzip(byte[] body) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zipped = new GZIPOutputStream(out)) {
      zipped.write(body);
    }
    return out.toByteArray();
  }

  /// Runs until it is ended; says what to set.
  public static void main(String[] arguments) {
    FakeSearch search = start(arguments.length == 0 ? 0 : Integer.parseInt(arguments[0]));
    search
        .variables()
        .forEach((name, value) -> System.out.println("export %s=%s".formatted(name, value)));
  }
}
