package dev.errand.engine.event;

import dev.errand.engine.event.Feed.OwnEvent;
import dev.errand.engine.event.Feed.Place;
import dev.errand.engine.event.Tails.Page;
import dev.errand.engine.signal.Signals.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/// The events of all tasks of an owner, to be followed for ever.
///
/// @param told what becomes of each event, once for all who follow
/// @param <T> what readers are given
public record OwnEvents<T>(Feed feed, Function<OwnEvent, T> told)
    implements Tails.Source<String, Place, T> {
  private static final int PAGE = 500;

  /// Events wait for older transactions anyway, so nobody is woken for one.
  private static final Duration EVERY = Duration.ofMillis(150);

  /// An owner with very many open tasks is asked about less often.
  private static final int REST = 5;

  @Override
  public Page<T> read(String owner, Place after) {
    List<OwnEvent> events = feed.read(owner, after, PAGE);
    return new Page<>(events.stream().map(told).toList(), events.size() == PAGE, false);
  }

  @Override
  public Subscription onChange(String owner, Runnable listener) {
    return () -> {};
  }

  @Override
  public Duration lookAgain() {
    return EVERY;
  }

  @Override
  public Duration pause(Duration lastReadTook) {
    return lastReadTook.multipliedBy(REST);
  }
}
