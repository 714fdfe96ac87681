package dev.errand.engine.event;

import dev.errand.engine.event.Tails.Page;
import dev.errand.engine.signal.Signals.Subscription;
import dev.errand.engine.task.StoreUnavailable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The end of one thing that is followed: the last items, read by one thread for all.
///
/// @param <K> names what is followed
/// @param <P> a position
/// @param <T> an item
final class Tail<K, P extends Comparable<P>, T> {
  private static final Logger log = LoggerFactory.getLogger(Tail.class);

  /// So many items are kept for readers that are a little behind.
  static final int WINDOW = 1_000;

  private static final Duration IDLE = Duration.ofSeconds(2);
  private static final Duration AFTER_ERROR = Duration.ofSeconds(1);

  private final Tails.Source<K, P, T> source;
  private final K key;
  private final Function<T, P> position;
  private final Supplier<Duration> lookAgain;
  private final Semaphore changes = new Semaphore(1);
  private final Set<Thread> waiting = ConcurrentHashMap.newKeySet();
  private final Thread thread;
  private volatile Seen<P, T> seen;
  private volatile boolean over;
  private int readers; // guarded by the map that holds this

  /// What was read last.
  ///
  /// @param start the position before the first item
  /// @param end the position of the last item
  private record Seen<P, T>(P start, List<T> items, P end, boolean ended) {}

  /// Why a reader cannot go on here.
  ///
  /// @param last its position
  /// @param ended whether there is no more to come; otherwise it is too far behind
  record Fallen<P>(P last, boolean ended) {}

  /// @param from what comes behind this position is read here
  Tail(
      Tails.Source<K, P, T> source,
      K key,
      Function<T, P> position,
      P from,
      Supplier<Duration> lookAgain) {
    this.source = source;
    this.key = key;
    this.position = position;
    this.lookAgain = lookAgain;
    this.seen = new Seen<>(from, List.of(), from, false);
    this.thread = Thread.ofVirtual().name("tail").unstarted(this::readOn);
  }

  boolean ended() {
    return seen.ended();
  }

  void joined() {
    if (readers++ == 0) {
      thread.start();
    }
  }

  /// @return whether nobody is left; then this is over
  boolean left() {
    boolean last = --readers == 0;
    if (last) {
      // No interrupt: it would cost the database connection that the thread may be reading from.
      over = true;
      changes.release();
    }
    return last;
  }

  /// Gives `sink` what comes behind `after`, until there is no more to come or this reader has
  /// fallen behind.
  Fallen<P> follow(P after, Sink<T> sink) throws IOException, InterruptedException {
    waiting.add(Thread.currentThread());
    try {
      P last = after;
      while (true) {
        Seen<P, T> now = seen;
        if (last.compareTo(now.start()) < 0) {
          return new Fallen<>(last, false);
        }
        if (last.compareTo(now.end()) < 0) {
          last = give(now, last, sink);
        } else if (now.ended()) {
          return new Fallen<>(last, true);
        } else {
          await(now, sink);
        }
      }
    } finally {
      waiting.remove(Thread.currentThread());
    }
  }

  private P give(Seen<P, T> now, P after, Sink<T> sink) throws IOException {
    P last = after;
    for (T item : now.items().subList(firstAfter(now, after), now.items().size())) {
      sink.take(item);
      last = position.apply(item);
    }
    return last;
  }

  private int firstAfter(Seen<P, T> now, P after) {
    int low = 0;
    int high = now.items().size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (position.apply(now.items().get(middle)).compareTo(after) <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private void await(Seen<P, T> now, Sink<T> sink) throws IOException, InterruptedException {
    LockSupport.parkNanos(this, IDLE.toNanos());
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    // By its end: a thousand items need not be compared for each follower.
    if (seen.end().equals(now.end()) && !seen.ended()) {
      sink.idle();
    }
  }

  private void readOn() {
    try (Subscription _ = source.onChange(key, this::mayHaveChanged)) {
      while (!over && !seen.ended()) {
        changes.tryAcquire(lookAgain.get().toMillis(), TimeUnit.MILLISECONDS);
        changes.drainPermits();
        readAll();
      }
    } catch (InterruptedException _) {
      // Nobody interrupts this thread.
    }
  }

  private void mayHaveChanged() {
    changes.release();
  }

  private void readAll() throws InterruptedException {
    boolean more = true;
    while (more && !over) {
      long begun = System.nanoTime();
      try {
        Page<T> page = source.read(key, seen.end());
        add(page);
        more = page.more();
      } catch (StoreUnavailable e) {
        log.debug("Followers wait for the store: {}", e.getMessage());
        Thread.sleep(AFTER_ERROR);
      } catch (RuntimeException | Error e) {
        log.atWarn().addKeyValue("event", "tail_failed").log("Following goes on after {}", e);
        Thread.sleep(AFTER_ERROR);
      }
      Thread.sleep(source.pause(Duration.ofNanos(System.nanoTime() - begun)));
    }
  }

  private void add(Page<T> page) {
    if (page.items().isEmpty() && !page.ended()) {
      return;
    }
    Seen<P, T> before = seen;
    List<T> items = new ArrayList<>(before.items());
    items.addAll(page.items());
    int dropped = Math.max(0, items.size() - WINDOW);
    seen =
        new Seen<>(
            dropped == 0 ? before.start() : position.apply(items.get(dropped - 1)),
            List.copyOf(items.subList(dropped, items.size())),
            items.isEmpty() ? before.end() : position.apply(items.getLast()),
            page.ended());
    waiting.forEach(LockSupport::unpark);
  }
}
