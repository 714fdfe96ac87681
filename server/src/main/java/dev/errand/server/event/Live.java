package dev.errand.server.event;

import dev.errand.engine.event.Follower.Sink;
import dev.errand.engine.task.StoreUnavailable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/// Writes one item after the other to somebody who follows live, through outages of the database.
///
/// @param <T> what is followed
final class Live<T> implements Sink<T> {
  private static final Duration WAIT_FOR_STORE = Duration.ofSeconds(1);

  private final OutputStream out;
  private final ToLongFunction<T> number;
  private final Function<T, String> text;
  private final KeepAlive keepAlive;
  private long last;

  /// @param after the number of the last item that is known already
  /// @param text how an item is written, its line ends included
  Live(
      OutputStream out,
      long after,
      ToLongFunction<T> number,
      Function<T, String> text,
      KeepAlive keepAlive) {
    this.out = out;
    this.last = after;
    this.number = number;
    this.text = text;
    this.keepAlive = keepAlive;
  }

  /// Reads what follows a number, until there is no more to come.
  interface Following<T> {
    void from(long after, Sink<T> sink) throws IOException, InterruptedException;
  }

  void follow(Following<T> following) throws IOException, InterruptedException {
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
    write(text.apply(item));
    last = number.applyAsLong(item);
  }

  @Override
  public void idle() throws IOException {
    if (keepAlive.due()) {
      write(keepAlive.text());
    }
  }

  private void write(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
    keepAlive.written();
  }
}
