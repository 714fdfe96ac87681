package dev.errand.server.event;

import dev.errand.engine.problem.Problem;
import dev.errand.server.problem.Refusal;
import java.io.IOException;
import java.io.Serial;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpStatus;

/// The answers that stay open for as long as there is something to tell. They end in good order
/// when the server stops: whoever follows comes back and goes on where it was. Thread-safe.
public final class LiveStreams implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(LiveStreams.class);
  private static final Duration COME_BACK_AFTER = Duration.ofSeconds(1);
  private static final Duration ENDS_BY_ITSELF = Duration.ofMillis(300);
  private static final Duration ENDS_WITHIN = Duration.ofSeconds(2);
  private static final Duration STAY = Duration.ofHours(1);

  private static final Duration COME_BACK_WHEN_FULL = Duration.ofSeconds(10);

  private final Duration keepAlive;
  private final int most;
  private final Set<Thread> streaming = ConcurrentHashMap.newKeySet();
  private final LongAdder dropped = new LongAdder();
  private volatile boolean stopped;

  /// @param keepAlive how long a connection may be silent
  /// @param most how many may be open before further ones are refused; of those that come at the
  ///   same moment, a few more may be let in
  public LiveStreams(Duration keepAlive, int most) {
    this.keepAlive = keepAlive;
    this.most = most;
  }

  /// How many are open.
  public int open() {
    return streaming.size();
  }

  /// How many were cut because their readers took nothing for too long.
  public long dropped() {
    return dropped.sum();
  }

  void droppedOne() {
    dropped.increment();
  }

  /// For one connection.
  KeepAlive keepAlive() {
    return new KeepAlive(keepAlive);
  }

  /// How long one may follow without asking again, an hour more or less: whoever has lost the right
  /// to see something must not see it for ever, and not all should come back at once.
  Duration stay() {
    return STAY.minusSeconds(ThreadLocalRandom.current().nextLong(STAY.toSeconds() / 10));
  }

  /// Whether who follows has to come back now. Streams that look at this when they are woken end in
  /// good order.
  boolean stopped() {
    return stopped;
  }

  /// Who follows has to ask again.
  static final class ComeBack extends IOException {
    @Serial private static final long serialVersionUID = 1;

    ComeBack() {
      super("It is time to come back");
    }
  }

  /// @throws Problem.Refused when the server stops already
  /// @throws Refusal.Refused when too many are open: every stream keeps a connection, and others
  ///   need some too
  void admit() {
    if (stopped) {
      throw new Problem.Unavailable(COME_BACK_AFTER).refused();
    }
    if (streaming.size() >= most) {
      throw Refusal.of(
              HttpStatus.SERVICE_UNAVAILABLE,
              "too_many_followers",
              "This node has %d followers and takes no more; try again in %d s, or ask for events as JSON."
                  .formatted(most, COME_BACK_WHEN_FULL.toSeconds()))
          .with("Retry-After", String.valueOf(COME_BACK_WHEN_FULL.toSeconds()))
          .refused();
    }
  }

  /// What tells bit by bit, until there is no more to say.
  public interface Streaming {
    void run() throws IOException, InterruptedException;
  }

  /// How a stream ended.
  public enum End {
    COMPLETE,
    COME_BACK,
    GONE
  }

  /// Runs `stream` on this thread until it ends, its time is over, nobody listens any more or the
  /// server stops.
  public End run(Streaming stream) {
    Thread thread = Thread.currentThread();
    streaming.add(thread);
    try {
      if (stopped) {
        return End.COME_BACK;
      }
      stream.run();
      return End.COMPLETE;
    } catch (ComeBack _) {
      return End.COME_BACK;
    } catch (IOException e) {
      log.debug("A follower has gone", e);
      return End.GONE;
    } catch (InterruptedException _) {
      // The server stops, or whoever followed has gone. What was sent so far is complete.
      return stopped ? End.COME_BACK : End.GONE;
    } catch (RuntimeException e) {
      log.atWarn().addKeyValue("event", "stream_failed").setCause(e).log("A stream has ended");
      return End.GONE;
    } finally {
      streaming.remove(thread);
      // The thread still has to send the end.
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
    Set<Thread> ending = Set.copyOf(streaming);
    try {
      // An interrupt would close the connection of one who is just being written to.
      ending.forEach(LockSupport::unpark);
      join(ending, ENDS_BY_ITSELF);
      ending.forEach(Thread::interrupt);
      join(ending, ENDS_WITHIN);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void join(Set<Thread> threads, Duration time) throws InterruptedException {
    long deadline = System.nanoTime() + time.toNanos();
    for (Thread thread : threads) {
      thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
    }
  }

  @Override
  public boolean isRunning() {
    return !stopped;
  }
}
