package dev.errand.handlers.fetch;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/// Calls services whose addresses come from configuration, such as search engines, with the
/// credentials they want. An answer of any status is an answer; redirects are not followed, so that
/// no credentials go elsewhere.
///
/// Thread-safe. A call blocks for at most the time it is given.
public final class ApiClient implements AutoCloseable {
  private static final int CONNECTIONS_PER_SERVICE = 8;

  private final FetchRules rules;
  private final BodyReader bodies;
  private final Requests requests;

  /// @param rules that requests keep to; their domains must include those of the services
  public ApiClient(FetchRules rules) {
    this.rules = rules;
    this.bodies = new BodyReader(rules);
    this.requests =
        new Requests(
            rules,
            new GuardedDns(SystemDefaultDnsResolver.INSTANCE, rules.exceptions()),
            CONNECTIONS_PER_SERVICE);
  }

  /// How a call ended.
  public sealed interface Response {
    /// @param headers by name in lower case; of several with one name, all values
    /// @param body decompressed
    record Answered(int status, Map<String, String> headers, String body) implements Response {
      public Answered {
        headers = Map.copyOf(headers);
      }

      public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
      }

      /// How long the service asks us to wait.
      public Optional<Duration> retryAfter() {
        return header("retry-after").flatMap(value -> RetryAfter.of(value.strip(), Instant.now()));
      }
    }

    /// We do not go there. Nothing was sent.
    record Blocked(String why) implements Response {}

    /// No connection, or it broke before an answer began.
    record Unreachable(String why) implements Response {}

    /// The answer took too long.
    record TooLate(String why) implements Response {}

    /// The answer cannot be used: cut off, too large, or in an encoding that was not asked for.
    record Unusable(String why) implements Response {}
  }

  /// @param address with its query
  /// @param headers beside those of every request
  public Response get(URI address, Map<String, String> headers, Duration within)
      throws InterruptedException {
    return call(new HttpGet(address), address, headers, within);
  }

  public Response post(URI address, Map<String, String> headers, String json, Duration within)
      throws InterruptedException {
    HttpPost request = new HttpPost(address);
    request.setEntity(
        new ByteArrayEntity(json.getBytes(StandardCharsets.UTF_8), ContentType.APPLICATION_JSON));
    return call(request, address, headers, within);
  }

  private Response call(
      HttpUriRequestBase request, URI address, Map<String, String> headers, Duration within)
      throws InterruptedException {
    WebAddress service = service(address);
    Optional<FetchResult.Blocked> refusal = rules.refusal(service);
    if (refusal.isPresent()) {
      return new Response.Blocked(refusal.get().why());
    }
    request.setHeader(HttpHeaders.ACCEPT, "application/json");
    request.setHeader(HttpHeaders.ACCEPT_ENCODING, "gzip");
    headers.forEach(request::setHeader);
    try {
      return requests.send(request, within, this::answered);
    } catch (GuardedDns.NotPublic inside) {
      return new Response.Blocked(FetchResult.Blocked.notPublic(inside.host()).why());
    } catch (BodyReader.Unusable unusable) {
      return new Response.Unusable(String.valueOf(unusable.getMessage()));
    } catch (MessageConstraintException _) {
      return new Response.Unusable("the answer's header is too large");
    } catch (BrokenOff _) {
      return new Response.Unusable("the answer breaks off");
    } catch (IOException e) {
      return isLate(e)
          ? new Response.TooLate("%s took too long to answer".formatted(service.host()))
          : new Response.Unreachable(Exchange.unreachable(e, service));
    }
  }

  /// The service's address without path and query, which may be longer than a page's address.
  private static WebAddress service(URI address) {
    return WebAddress.of(address.getScheme() + "://" + address.getRawAuthority() + "/");
  }

  private static boolean isLate(IOException thrown) {
    return thrown instanceof SocketTimeoutException
        || (thrown instanceof InterruptedIOException && thrown.getCause() == null);
  }

  private Response answered(ClassicHttpResponse response) throws IOException {
    Map<String, String> headers = new TreeMap<>();
    for (Header header : response.getHeaders()) {
      headers.merge(
          header.getName().toLowerCase(Locale.ROOT),
          String.valueOf(header.getValue()),
          (one, other) -> one + ", " + other);
    }
    return new Response.Answered(response.getCode(), headers, body(response));
  }

  private String body(ClassicHttpResponse response) throws IOException {
    try {
      return new String(bodies.read(response), StandardCharsets.UTF_8);
    } catch (BodyReader.Unusable | SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      throw new BrokenOff(e);
    }
  }

  /// The connection broke after the answer had begun.
  private static final class BrokenOff extends IOException {
    BrokenOff(IOException cause) {
      super(cause);
    }
  }

  @Override
  public void close() {
    requests.close();
  }
}
