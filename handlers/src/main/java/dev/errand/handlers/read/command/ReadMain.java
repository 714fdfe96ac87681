package dev.errand.handlers.read.command;

import dev.errand.handlers.fetch.FetchClient;
import dev.errand.handlers.fetch.FetchRules;
import dev.errand.handlers.fetch.Politeness;
import dev.errand.handlers.fetch.PrivateAllowlist;
import dev.errand.handlers.read.Document;
import dev.errand.handlers.read.Reader;
import dev.errand.handlers.read.command.Reading.Format;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Reads the sources on the command line and prints them: one as text, several as lines of JSON, in
/// the order in which they were typed.
///
/// Exit codes: 0 when everything was read, 1 when something could not be, 2 when the command was
/// not understood.
public final class ReadMain {
  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  /// Results that wait to be printed, for each processor.
  private static final int AHEAD = 8;

  private final Request request;
  private final FetchClient client;
  private final Reader reader = new Reader();
  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;

  private ReadMain(
      Request request, FetchClient client, InputStream in, PrintStream out, PrintStream err) {
    this.request = request;
    this.client = client;
    this.in = in;
    this.out = out;
    this.err = err;
  }

  public static void main(String[] words) throws InterruptedException {
    PrintStream out =
        new PrintStream(
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16),
            false,
            StandardCharsets.UTF_8);
    int code = run(List.of(words), System.getenv(), System.in, out, System.err);
    out.flush();
    System.exit(code);
  }

  /// @return an exit code
  static int run(
      List<String> words,
      Map<String, String> environment,
      InputStream in,
      PrintStream out,
      PrintStream err)
      throws InterruptedException {
    Request request;
    FetchRules rules;
    try {
      request = Request.of(words);
      rules = rules(environment);
    } catch (IllegalArgumentException e) {
      err.println(e.getMessage());
      err.println("More: " + environment.getOrDefault("ERRAND_PROGRAM", "errand") + " read --help");
      return USAGE;
    }
    try (FetchClient client = new FetchClient(rules, Politeness.DEFAULTS)) {
      return new ReadMain(request, client, in, out, err).run() ? DONE : FAILED;
    }
  }

  private static FetchRules rules(Map<String, String> environment) {
    List<String> domains = list(environment.getOrDefault("FETCH_DOMAIN_ALLOWLIST", ""));
    return FetchRules.DEFAULTS.allowing(
        domains.isEmpty() ? FetchRules.DEFAULTS.domains() : domains,
        PrivateAllowlist.of(list(environment.getOrDefault(PrivateAllowlist.KEY, ""))));
  }

  private static List<String> list(String value) {
    return Stream.of(value.split("[,\\s]+", -1)).filter(Predicate.not(String::isEmpty)).toList();
  }

  private boolean run() throws InterruptedException {
    if (request.sources().size() == 1) {
      return print(read(request.sources().getFirst()));
    }
    int processors = Runtime.getRuntime().availableProcessors();
    boolean complete = true;
    try (ExecutorService workers = Executors.newFixedThreadPool(processors)) {
      Deque<Future<Reading>> waiting = new ArrayDeque<>();
      Iterator<Source> rest = request.sources().iterator();
      while (rest.hasNext() || !waiting.isEmpty()) {
        while (rest.hasNext() && waiting.size() < processors * AHEAD) {
          Source next = rest.next();
          waiting.add(workers.submit(() -> read(next)));
        }
        Reading reading = result(waiting.remove());
        out.println(reading.json(request.format()));
        complete &= reading.error() == null;
      }
    }
    return complete;
  }

  private static Reading result(Future<Reading> reading) throws InterruptedException {
    try {
      return reading.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private Reading read(Source source) throws InterruptedException {
    try {
      Source.Content content = source.open(client, in);
      URI address = content.address();
      byte[] bytes = content.bytes().array();
      Document document = reader.read(bytes, content.contentType(), address);
      Optional<String> obstacle =
          document.text().isEmpty()
              ? Reader.obstacle(bytes, content.contentType())
              : Optional.empty();
      if (obstacle.isPresent()) {
        return Reading.failed(source, obstacle.get());
      }
      return Reading.of(
          source, source.isAddress() && address != null ? address.toString() : null, document);
    } catch (Source.Unreadable e) {
      return Reading.failed(source, String.valueOf(e.getMessage()));
    } catch (RuntimeException | StackOverflowError e) {
      return Reading.failed(source, "the reader failed on it: " + e);
    }
  }

  private boolean print(Reading reading) {
    if (request.format() == Format.JSON) {
      out.println(reading.json(Format.JSON));
      return reading.error() == null;
    }
    if (reading.error() != null) {
      err.println(reading.source().typed() + ": " + reading.error());
      return false;
    }
    if (reading.isEmpty()) {
      err.println(reading.source().typed() + ": no text was found in it");
    } else {
      out.println(reading.plain(request.format()));
    }
    return true;
  }
}
