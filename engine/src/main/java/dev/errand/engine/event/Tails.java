package dev.errand.engine.event;

import dev.errand.engine.signal.Signals.Subscription;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/// Lets any number of readers follow the same thing live: everything behind a position, then what
/// happens, each once and in order, until there is no more to come. Thread-safe.
///
/// What many follow is read once. Every reader has a position of its own in what was read and goes
/// on at its own pace: one that is slow holds up nobody, and when it is further behind than the
/// last [Tail#WINDOW] items it reads for itself, a page at a time, until it has caught up. So a
/// reader takes no memory but its position.
///
/// @param <K> names what is followed
/// @param <P> a position, in order
/// @param <T> an item
public final class Tails<K, P extends Comparable<P>, T> {
  /// Where very many things are followed, each is looked at less often by itself.
  private static final Duration LOOK_AGAIN_FOR_EACH = Duration.ofMillis(2);

  private final Source<K, P, T> source;
  private final Function<T, P> position;
  private final Map<K, Tail<K, P, T>> tails = new ConcurrentHashMap<>();
  private final LongAdder readers = new LongAdder();

  /// Where items come from. Thread-safe; may block.
  public interface Source<K, P, T> {
    /// What follows `after`.
    Page<T> read(K key, P after);

    /// Calls `listener` whenever there may be more.
    Subscription onChange(K key, Runnable listener);

    /// How long to wait for a change before looking all the same: a wake-up may get lost between
    /// nodes.
    default Duration lookAgain() {
      return Duration.ofSeconds(1);
    }

    /// How long to wait between two reads, however often there is a change.
    default Duration pause(Duration lastReadTook) {
      return Duration.ZERO;
    }
  }

  /// Some items.
  ///
  /// @param more whether there are further ones already
  /// @param ended whether there will never be others
  public record Page<T>(List<T> items, boolean more, boolean ended) {
    public Page {
      items = List.copyOf(items);
    }
  }

  public Tails(Source<K, P, T> source, Function<T, P> position) {
    this.source = source;
    this.position = position;
  }

  /// How many follow something just now.
  public long readers() {
    return readers.sum();
  }

  /// How many things are followed just now.
  public int followed() {
    return tails.size();
  }

  /// Blocks until there is no more to come and everything behind `after` was given to `sink`.
  ///
  /// @throws IOException what `sink` throws; following ends with it
  /// @throws dev.errand.engine.task.StoreUnavailable when what is long past cannot be read just now
  public void follow(K key, P after, Sink<T> sink) throws IOException, InterruptedException {
    readers.increment();
    try {
      P last = after;
      while (true) {
        Page<T> page = source.read(key, last);
        last = give(page.items(), last, sink);
        if (page.ended()) {
          return;
        }
        if (!page.more()) {
          Tail<K, P, T> tail = join(key, last);
          try {
            Tail.Fallen<P> fallen = tail.follow(last, sink);
            if (fallen.ended()) {
              return;
            }
            last = fallen.last();
          } finally {
            leave(key, tail);
          }
        }
      }
    } finally {
      readers.decrement();
    }
  }

  private P give(List<T> items, P last, Sink<T> sink) throws IOException {
    P at = last;
    for (T item : items) {
      sink.take(item);
      at = position.apply(item);
    }
    return at;
  }

  private Tail<K, P, T> join(K key, P last) {
    return tails.compute(
        key,
        (_, known) -> {
          Tail<K, P, T> tail =
              known == null || known.ended()
                  ? new Tail<>(source, key, position, last, this::lookAgain)
                  : known;
          tail.joined();
          return tail;
        });
  }

  private void leave(K key, Tail<K, P, T> tail) {
    tails.computeIfPresent(key, (_, known) -> known.equals(tail) && known.left() ? null : known);
  }

  private Duration lookAgain() {
    Duration shared = LOOK_AGAIN_FOR_EACH.multipliedBy(tails.size());
    return shared.compareTo(source.lookAgain()) > 0 ? shared : source.lookAgain();
  }
}
