package dev.errand.handlers.model;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The HTTP under LangChain4j: bounded in time and size, follows no redirect, stops when its thread
/// is interrupted, and keeps the Retry-After of a refusal, which LangChain4j's own drops.
///
/// Thread-safe.
final class ModelHttp implements HttpClient {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final long LONGEST = 16L * 1024 * 1024;

  private final java.net.http.HttpClient client;
  private final Duration timeout;

  private ModelHttp(Duration timeout) {
    this.timeout = timeout;
    this.client =
        java.net.http.HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(java.net.http.HttpClient.Redirect.NEVER)
            .build();
  }

  static HttpClientBuilder builder(Duration timeout) {
    return new Builder(timeout);
  }

  /// A status other than 2xx.
  static final class Refused extends HttpException {
    private final Optional<String> retryAfter;

    Refused(int status, String body, Optional<String> retryAfter) {
      super(status, body);
      this.retryAfter = retryAfter;
    }

    /// The header of this name, as it came.
    Optional<String> retryAfter() {
      return retryAfter;
    }
  }

  /// The thread was told to stop.
  static final class Interrupted extends RuntimeException {
    Interrupted(InterruptedException cause) {
      super(cause);
    }
  }

  @Override
  public SuccessfulHttpResponse execute(HttpRequest request) {
    try {
      HttpResponse<byte[]> answer = send(plain(request));
      String body = new String(answer.body(), StandardCharsets.UTF_8);
      if (answer.statusCode() / 100 != 2) {
        throw new Refused(answer.statusCode(), body, answer.headers().firstValue("Retry-After"));
      }
      return SuccessfulHttpResponse.builder()
          .statusCode(answer.statusCode())
          .headers(answer.headers().map())
          .body(body)
          .build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new Interrupted(e);
    }
  }

  /// The timeout of a request ends when the header of its answer is there; this one counts the body
  /// too.
  private HttpResponse<byte[]> send(java.net.http.HttpRequest request)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LONGEST));
    try {
      return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      throw new HttpTimeoutException("The answer took too long");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException broken ? broken : new IOException(e.getCause());
    } finally {
      answer.cancel(true);
    }
  }

  private java.net.http.HttpRequest plain(HttpRequest request) {
    java.net.http.HttpRequest.Builder plain =
        java.net.http.HttpRequest.newBuilder(URI.create(request.url()));
    request.headers().forEach((name, values) -> values.forEach(value -> plain.header(name, value)));
    return plain
        .method(
            request.method().name(),
            request.body() == null
                ? BodyPublishers.noBody()
                : BodyPublishers.ofString(request.body()))
        .build();
  }

  @Override
  public void execute(
      HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
    throw new IllegalStateException("Answers are taken whole");
  }

  /// Our own timeout is the one that counts.
  private record Builder(Duration timeout) implements HttpClientBuilder {
    @Override
    public Duration connectTimeout() {
      return CONNECT;
    }

    @Override
    public HttpClientBuilder connectTimeout(Duration ignored) {
      return this;
    }

    @Override
    public Duration readTimeout() {
      return timeout;
    }

    @Override
    public HttpClientBuilder readTimeout(Duration ignored) {
      return this;
    }

    @Override
    public HttpClient build() {
      return new ModelHttp(timeout);
    }
  }
}
