package dev.errand.server.event;

import dev.errand.engine.problem.Problem;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// The answers that stay open for as long as a task runs. They end at once when the server stops:
/// whoever follows comes back and goes on where it was. Thread-safe.
public final class LiveStreams implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(LiveStreams.class);
  private static final Duration COME_BACK_AFTER = Duration.ofSeconds(1);

  private final Duration keepAlive;
  private final Set<Thread> streaming = ConcurrentHashMap.newKeySet();
  private volatile boolean stopped;

  /// @param keepAlive how long a connection may be silent
  public LiveStreams(Duration keepAlive) {
    this.keepAlive = keepAlive;
  }

  /// For one connection.
  KeepAlive keepAlive(String text) {
    return new KeepAlive(keepAlive, text);
  }

  /// What writes an answer bit by bit, until there is no more to say.
  public interface Streaming {
    void run() throws IOException, InterruptedException;
  }

  /// Runs `stream` until it ends, nobody listens any more or the server stops.
  ///
  /// @throws Problem.Refused when the server stops already; nothing may have been sent by then
  public void run(Streaming stream) {
    Thread thread = Thread.currentThread();
    streaming.add(thread);
    try {
      if (stopped) {
        throw new Problem.Unavailable(COME_BACK_AFTER).refused();
      }
      stream.run();
    } catch (IOException e) {
      log.debug("A follower has gone", e);
    } catch (InterruptedException _) {
      // The server stops. What was sent so far is a proper answer; it is ended in good order.
    } finally {
      streaming.remove(thread);
      // The thread still has to send the end of the answer.
      Thread.interrupted();
    }
  }

  @Override
  public void start() {
    // Streams start with their requests.
  }

  @Override
  public void stop() {
    stopped = true;
    streaming.forEach(Thread::interrupt);
  }

  @Override
  public boolean isRunning() {
    return !stopped;
  }
}
