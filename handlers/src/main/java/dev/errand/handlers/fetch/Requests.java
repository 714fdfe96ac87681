package dev.errand.handlers.fetch;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/// Sends single requests, each with a deadline for the whole answer. Checks where a name resolves
/// to; whether the address itself may be asked is for the caller to check.
///
/// Thread-safe.
final class Requests implements AutoCloseable {
  private final FetchRules rules;
  private final GuardedDns dns;
  private final int connectionsPerSite;

  /// Made for the first request, since that reads every certificate the JDK trusts.
  private @Nullable CloseableHttpClient client; // guarded by this

  private final ScheduledThreadPoolExecutor watchdog =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().name("request-deadline").daemon().factory());

  Requests(FetchRules rules, GuardedDns dns, int connectionsPerSite) {
    this.rules = rules;
    this.dns = dns;
    this.connectionsPerSite = connectionsPerSite;
    // A deadline that is still queued would keep its request, with the body, in memory.
    watchdog.setRemoveOnCancelPolicy(true);
  }

  /// Reads an answer while its connection is open.
  @FunctionalInterface
  interface Reading<T> {
    T of(ClassicHttpResponse answer) throws IOException;
  }

  /// Blocks until the answer is read, its time is over, or the thread is interrupted.
  ///
  /// @throws GuardedDns.NotPublic when the name leads inside; then nothing was sent
  /// @throws InterruptedIOException when its time is over
  <T> T send(HttpUriRequestBase request, Duration within, Reading<T> reading)
      throws IOException, InterruptedException {
    if (!request.containsHeader(HttpHeaders.USER_AGENT)) {
      request.setHeader(HttpHeaders.USER_AGENT, rules.userAgent());
    }
    AtomicBoolean late = new AtomicBoolean();
    Runnable cut =
        () -> {
          late.set(true);
          request.cancel();
        };
    // The socket's timeout restarts with every byte; only this stops a server that drips.
    Future<?> end = watchdog.schedule(cut, Math.max(0, within.toMillis()), TimeUnit.MILLISECONDS);
    try {
      return read(request, reading);
    } catch (IOException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException("Interrupted while asking " + request.getAuthority());
      }
      throw late.get() ? new InterruptedIOException("The answer took too long") : e;
    } finally {
      end.cancel(false);
    }
  }

  private <T> T read(HttpUriRequestBase request, Reading<T> reading) throws IOException {
    ClassicHttpResponse answer = client().executeOpen(null, request, null);
    try {
      return reading.of(answer);
    } finally {
      end(request, answer);
    }
  }

  /// Closing alone would first read what is left of the body, and there may be no end of it.
  private static void end(HttpUriRequestBase request, ClassicHttpResponse answer) {
    request.cancel();
    try {
      answer.close();
    } catch (IOException _) {
      // The connection was cut on purpose.
    }
  }

  private synchronized CloseableHttpClient client() {
    if (client == null) {
      client = PlainHttp.client(rules, dns, connectionsPerSite);
    }
    return client;
  }

  @Override
  public synchronized void close() {
    watchdog.shutdownNow();
    if (client != null) {
      client.close(CloseMode.IMMEDIATE);
    }
  }
}
