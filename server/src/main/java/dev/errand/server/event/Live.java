package dev.errand.server.event;

import dev.errand.engine.event.Sink;
import dev.errand.engine.task.StoreUnavailable;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/// Gives one item after the other to somebody who follows live, through outages of the database.
///
/// @param <P> a position in what is followed
/// @param <T> what is followed
final class Live<P, T> implements Sink<T> {
  private static final Duration WAIT_FOR_STORE = Duration.ofSeconds(1);

  private final Receiver<T> receiver;
  private final Function<T, P> position;
  private final KeepAlive keepAlive;
  private final Duration stay;
  private final BooleanSupplier stopped;
  private final long begun = System.nanoTime();
  private P last;

  /// Who follows.
  interface Receiver<T> {
    void send(T item) throws IOException;

    /// A sign of life.
    void ping() throws IOException;
  }

  /// @param after the position of the last item that is known already
  /// @param stay for how long; whoever follows then has to come back
  /// @param stopped whether everybody has to come back now
  Live(
      Receiver<T> receiver,
      P after,
      Function<T, P> position,
      KeepAlive keepAlive,
      Duration stay,
      BooleanSupplier stopped) {
    this.stay = stay;
    this.stopped = stopped;
    this.receiver = receiver;
    this.last = after;
    this.position = position;
    this.keepAlive = keepAlive;
  }

  /// Reads what follows a position, until there is no more to come.
  interface Following<P, T> {
    void from(P after, Sink<T> sink) throws IOException, InterruptedException;
  }

  void follow(Following<P, T> following) throws IOException, InterruptedException {
    while (true) {
      try {
        following.from(last, this);
        return;
      } catch (StoreUnavailable _) {
        idle();
        Thread.sleep(WAIT_FOR_STORE);
      }
    }
  }

  @Override
  public void take(T item) throws IOException {
    endStay();
    receiver.send(item);
    keepAlive.written();
    last = position.apply(item);
  }

  @Override
  public void idle() throws IOException {
    endStay();
    if (keepAlive.due()) {
      receiver.ping();
      keepAlive.written();
    }
  }

  private void endStay() throws LiveStreams.ComeBack {
    if (stopped.getAsBoolean() || System.nanoTime() - begun > stay.toNanos()) {
      throw new LiveStreams.ComeBack();
    }
  }
}
