package dev.errand.handlers.fetch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/// Posts to addresses that users chose, such as webhooks, under the rules for fetching: nothing
/// goes to a private address that is not allowed. Follows no redirects and sends no credentials.
///
/// Thread-safe. A call blocks for at most the time the rules allow.
public final class PostClient implements AutoCloseable {
  /// So many bytes of an answer are read, for people to look at.
  private static final int MAX_ANSWER = 1_024;

  private static final int CONNECTIONS_PER_SITE = 8;

  private final FetchRules rules;
  private final Requests requests;

  /// @param rules that requests keep to, except for their domains and redirects
  public PostClient(FetchRules rules) {
    this.rules = rules.allowing(List.of("*"), rules.exceptions());
    this.requests =
        new Requests(
            this.rules,
            new GuardedDns(SystemDefaultDnsResolver.INSTANCE, rules.exceptions()),
            CONNECTIONS_PER_SITE);
  }

  /// How a call ended.
  public sealed interface Posted {
    /// @param body the first bytes of the answer
    record Answered(int status, String body, Optional<Duration> retryAfter) implements Posted {}

    /// We do not go there. Nothing was sent.
    record Blocked(String why) implements Posted {}

    /// No answer, or half of one.
    record Unreachable(String why) implements Posted {}
  }

  /// Why nothing is ever sent to `url`, as far as the address alone tells; empty when it may be.
  public Optional<String> problem(String url) {
    return WebAddress.problem(url)
        .or(() -> rules.refusal(WebAddress.of(url)).map(FetchResult.Blocked::why));
  }

  public Posted post(String url, Map<String, String> headers, byte[] json)
      throws InterruptedException {
    Optional<String> problem = problem(url);
    if (problem.isPresent()) {
      return new Posted.Blocked(problem.get());
    }
    WebAddress address = WebAddress.of(url);
    HttpPost request = new HttpPost(address.uri());
    headers.forEach(request::setHeader);
    request.setEntity(new ByteArrayEntity(json, ContentType.APPLICATION_JSON));
    try {
      return requests.send(request, rules.answerFor(), PostClient::posted);
    } catch (GuardedDns.NotPublic inside) {
      return new Posted.Blocked(FetchResult.Blocked.notPublic(inside.host()).why());
    } catch (IOException e) {
      return new Posted.Unreachable(Exchange.unreachable(e, address));
    }
  }

  private static Posted posted(ClassicHttpResponse response) {
    return new Posted.Answered(response.getCode(), beginning(response), RetryAfter.of(response));
  }

  private static String beginning(ClassicHttpResponse response) {
    ByteArrayOutputStream taken = new ByteArrayOutputStream();
    try {
      if (response.getEntity() != null) {
        InputStream body = response.getEntity().getContent();
        taken.write(body.readNBytes(MAX_ANSWER));
      }
    } catch (IOException _) {
      // The status is what counts.
    }
    return taken.toString(StandardCharsets.UTF_8).replace('\0', '\uFFFD');
  }

  @Override
  public void close() {
    requests.close();
  }
}
