package dev.errand.handlers.fetch;

import dev.errand.handlers.fetch.Fetched.Blocked;
import dev.errand.handlers.fetch.Fetched.Body;
import dev.errand.handlers.fetch.Fetched.Page;
import dev.errand.handlers.fetch.Fetched.Refused;
import dev.errand.handlers.fetch.Fetched.Unreachable;
import dev.errand.handlers.fetch.Fetched.Unusable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NameValuePair;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/// One request and its answer, within the time that is left. Says in our own words what went wrong:
/// the client's would name addresses inside.
final class Exchange implements AutoCloseable {
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private final FetchRules rules;
  private final BodyReader bodies;
  private final Supplier<CloseableHttpClient> newClient;

  /// Made for the first request, since that reads every certificate the JDK trusts.
  private @Nullable CloseableHttpClient client; // guarded by this

  private final ScheduledExecutorService watchdog =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("fetch-deadline").daemon().factory());

  /// What to do next.
  sealed interface Reply {
    record Redirect(String location) implements Reply {}

    record Ended(Fetched fetched) implements Reply {}
  }

  Exchange(FetchRules rules, GuardedDns dns) {
    this.rules = rules;
    this.bodies = new BodyReader(rules);
    this.newClient = () -> PlainHttp.client(rules, dns);
  }

  /// @param passed the addresses that led here, to be told with the page
  Reply get(WebAddress address, List<WebAddress> passed, Instant deadline)
      throws InterruptedException {
    HttpGet request = request(address);
    // Timeouts of the socket start anew with every byte; only this ends a server that drips.
    Future<?> end =
        watchdog.schedule(request::cancel, millisUntil(deadline), TimeUnit.MILLISECONDS);
    try {
      return reply(request, address, passed);
    } catch (IOException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException("Interrupted while fetching " + address.host());
      }
      return new Reply.Ended(failure(e, address));
    } finally {
      end.cancel(false);
    }
  }

  @Override
  public synchronized void close() {
    watchdog.shutdownNow();
    if (client != null) {
      client.close(CloseMode.IMMEDIATE);
    }
  }

  private synchronized CloseableHttpClient client() {
    if (client == null) {
      client = newClient.get();
    }
    return client;
  }

  private Reply reply(HttpGet request, WebAddress address, List<WebAddress> passed)
      throws IOException {
    ClassicHttpResponse response = client().executeOpen(null, request, null);
    try {
      return reply(response, address, passed);
    } finally {
      end(request, response);
    }
  }

  /// Closing alone would first read what is left of the body, and there may be no end of it.
  private static void end(HttpGet request, ClassicHttpResponse response) {
    request.cancel();
    try {
      response.close();
    } catch (IOException _) {
      // The connection was cut on purpose.
    }
  }

  private HttpGet request(WebAddress address) {
    HttpGet request = new HttpGet(address.uri());
    request.setHeader(HttpHeaders.USER_AGENT, rules.userAgent());
    request.setHeader(
        HttpHeaders.ACCEPT,
        "text/html, application/xhtml+xml, text/markdown, text/plain, application/pdf;q=0.9,"
            + " application/json;q=0.8, application/xml;q=0.8, */*;q=0.5");
    request.setHeader(HttpHeaders.ACCEPT_ENCODING, "gzip");
    return request;
  }

  private static long millisUntil(Instant deadline) {
    return Math.max(0, Duration.between(Instant.now(), deadline).toMillis());
  }

  private Reply reply(ClassicHttpResponse response, WebAddress address, List<WebAddress> passed)
      throws IOException {
    int status = response.getCode();
    Optional<String> location = header(response, HttpHeaders.LOCATION);
    if (REDIRECTS.contains(status) && location.isPresent()) {
      return new Reply.Redirect(location.get());
    }
    if (status >= 400) {
      return new Reply.Ended(new Refused(status, RetryAfter.of(response)));
    }
    return status >= 300
        ? new Reply.Ended(
            new Unusable("the server answered %d without an address".formatted(status)))
        : new Reply.Ended(page(response, address, passed));
  }

  private Page page(ClassicHttpResponse response, WebAddress address, List<WebAddress> passed)
      throws IOException {
    return new Page(
        address,
        passed,
        response.getCode(),
        header(response, HttpHeaders.CONTENT_TYPE),
        new Body(body(response)));
  }

  private byte[] body(ClassicHttpResponse response) throws IOException {
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      return new byte[0];
    }
    if (entity.getContentLength() > rules.maxWireBytes()) {
      throw new BodyReader.Unusable(
          "the body is larger than %d bytes".formatted(rules.maxWireBytes()));
    }
    String encoding =
        Stream.of(response.getHeaders(HttpHeaders.CONTENT_ENCODING))
            .map(NameValuePair::getValue)
            .collect(Collectors.joining(", "));
    return bodies.read(entity.getContent(), encoding);
  }

  private static Optional<String> header(ClassicHttpResponse response, String name) {
    return Optional.ofNullable(response.getFirstHeader(name)).map(Header::getValue);
  }

  private Fetched failure(IOException thrown, WebAddress address) {
    return switch (thrown) {
      case GuardedDns.NotPublic inside -> Blocked.notPublic(inside.host());
      case BodyReader.Unusable body -> new Unusable(String.valueOf(body.getMessage()));
      case MessageConstraintException _ -> new Unusable("the answer's header is too large");
      default -> new Unreachable(unreachable(thrown, address));
    };
  }

  /// Why there was no answer.
  static String unreachable(IOException thrown, WebAddress address) {
    return switch (thrown) {
      case UnknownHostException _ -> "%s is not known".formatted(address.host());
      case SSLException _ -> "%s offers no connection we can trust".formatted(address.host());
      case SocketTimeoutException _ -> "%s took too long to answer".formatted(address.host());
      case InterruptedIOException _ -> "%s took too long to answer".formatted(address.host());
      default -> "the connection to %s failed".formatted(address.host());
    };
  }
}
