package dev.errand.handlers.fetch;

import dev.errand.handlers.fetch.FetchResult.Blocked;
import dev.errand.handlers.fetch.FetchResult.Body;
import dev.errand.handlers.fetch.FetchResult.Refused;
import dev.errand.handlers.fetch.FetchResult.Unreachable;
import dev.errand.handlers.fetch.FetchResult.Unusable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.MessageConstraintException;

/// One request for a page and its answer, within the time that is left. Failures are told in our
/// own words: the HTTP client's would name addresses of the internal network. Thread-safe.
final class Exchange implements AutoCloseable {
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final int NOT_MODIFIED = 304;

  /// Of all our fetches together, a site sees no more than of one reader.
  private static final int CONNECTIONS_PER_SITE = 2;

  private final BodyReader bodies;
  private final Requests requests;
  private final InstantSource clock;

  /// How a server answered.
  sealed interface Response {
    /// @param at when
    record Page(int status, Optional<String> contentType, Body body, Instant at, Caching caching)
        implements Response {}

    record Redirect(int status, String location, Instant at, Caching caching) implements Response {}

    /// 304: the page has not changed.
    record Unchanged(Instant at, Caching caching) implements Response {}

    /// No page.
    record Failed(FetchResult why) implements Response {}
  }

  Exchange(FetchRules rules, GuardedDns dns, InstantSource clock) {
    this.bodies = new BodyReader(rules);
    this.requests = new Requests(rules, dns, CONNECTIONS_PER_SITE);
    this.clock = clock;
  }

  /// @param conditions headers that ask for a page only if it has changed; usually none
  Response get(WebAddress address, Map<String, String> conditions, Duration within)
      throws InterruptedException {
    HttpGet request = new HttpGet(address.uri());
    request.setHeader(
        HttpHeaders.ACCEPT,
        "text/html, application/xhtml+xml, text/markdown, text/plain, application/pdf;q=0.9,"
            + " application/json;q=0.8, application/xml;q=0.8, */*;q=0.5");
    request.setHeader(HttpHeaders.ACCEPT_ENCODING, "gzip");
    conditions.forEach(request::setHeader);
    try {
      return requests.send(request, within, answer -> reply(answer, !conditions.isEmpty()));
    } catch (IOException e) {
      return new Response.Failed(failure(e, address));
    }
  }

  @Override
  public void close() {
    requests.close();
  }

  private Response reply(ClassicHttpResponse answer, boolean conditional) throws IOException {
    Instant now = clock.instant();
    Caching caching = Caching.of(answer, now);
    int status = answer.getCode();
    Optional<String> location = header(answer, HttpHeaders.LOCATION);
    if (REDIRECTS.contains(status) && location.isPresent()) {
      return new Response.Redirect(status, location.get(), now, caching);
    }
    if (status == NOT_MODIFIED && conditional) {
      return new Response.Unchanged(now, caching);
    }
    if (status >= 400) {
      return new Response.Failed(new Refused(status, RetryAfter.of(answer)));
    }
    return status >= 300
        ? new Response.Failed(
            new Unusable("the server answered %d without an address".formatted(status)))
        : new Response.Page(
            status,
            header(answer, HttpHeaders.CONTENT_TYPE),
            new Body(bodies.read(answer)),
            now,
            caching);
  }

  private static Optional<String> header(ClassicHttpResponse answer, String name) {
    return Optional.ofNullable(answer.getFirstHeader(name)).map(Header::getValue);
  }

  static FetchResult failure(IOException thrown, WebAddress address) {
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
