package dev.errand.testkit.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.engine.event.Sink;
import dev.errand.engine.event.Tails;
import dev.errand.engine.event.Tails.Page;
import dev.errand.engine.signal.Signals.Subscription;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TailsTest {
  private static final int LAST = 5_000;
  private static final int PAGE = 100;

  private final List<Integer> numbers = new CopyOnWriteArrayList<>();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final AtomicInteger reads = new AtomicInteger();
  private final CountDownLatch last = new CountDownLatch(1);
  private final Tails<String, Integer, Integer> tails =
      new Tails<>(new Numbers(), number -> number);

  /// The numbers from 1, which end with the last one.
  private final class Numbers implements Tails.Source<String, Integer, Integer> {
    @Override
    public Page<Integer> read(String key, Integer after) {
      reads.incrementAndGet();
      boolean allHappened = last.getCount() == 0;
      List<Integer> rest = numbers.stream().skip(after).limit(PAGE + 1L).toList();
      List<Integer> page = rest.stream().limit(PAGE).toList();
      boolean ended = allHappened && rest.size() <= PAGE;
      return new Page<>(page, rest.size() > PAGE, ended);
    }

    @Override
    public Subscription onChange(String key, Runnable listener) {
      listeners.add(listener);
      return () -> listeners.remove(listener);
    }
  }

  @Test
  void everyone_gets_everything_once_and_in_order_however_late_and_slow() throws Exception {
    List<Reader> readers = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      readers.add(new Reader(i % 7 == 0));
    }
    for (Reader reader : readers) {
      reader.start();
    }
    for (int next = 1; next <= LAST; next++) {
      happens(next);
      if (next == LAST / 2) {
        Reader late = new Reader(false);
        late.start();
        late.first.await();
        readers.add(late);
      }
    }

    List<Integer> all = IntStream.rangeClosed(1, LAST).boxed().toList();
    for (Reader reader : readers) {
      reader.thread.join();
      assertThat(reader.taken).isEqualTo(all);
    }
    assertThat(tails.readers()).isZero();
    assertThat(tails.followed()).isZero();
  }

  @Test
  void what_many_follow_is_read_once() throws Exception {
    List<Reader> readers = IntStream.range(0, 200).mapToObj(_ -> new Reader(false)).toList();
    happens(1);
    for (Reader reader : readers) {
      reader.start();
      reader.first.await();
    }
    int before = reads.get();

    for (int next = 2; next <= 20; next++) {
      happens(next);
    }
    for (Reader reader : readers) {
      reader.twentieth.await();
    }

    assertThat(reads.get() - before).isLessThan(200);
    for (Reader reader : readers) {
      reader.thread.interrupt();
      reader.thread.join();
    }
    assertThat(tails.followed()).isZero();
  }

  private void happens(int number) {
    numbers.add(number);
    if (number == LAST) {
      last.countDown();
    }
    listeners.forEach(Runnable::run);
  }

  private final class Reader implements Sink<Integer> {
    private final boolean slow;
    private final List<Integer> taken = new ArrayList<>();
    private final CountDownLatch first = new CountDownLatch(1);
    private final CountDownLatch twentieth = new CountDownLatch(1);
    private final Thread thread = Thread.ofVirtual().unstarted(this::follow);

    /// @param slow whether it takes nothing more until all has happened
    Reader(boolean slow) {
      this.slow = slow;
    }

    void start() {
      thread.start();
    }

    private void follow() {
      try {
        tails.follow("numbers", 0, this);
      } catch (IOException e) {
        throw new AssertionError(e);
      } catch (InterruptedException _) {
        // The test is over.
      }
    }

    @Override
    public void take(Integer number) throws IOException {
      taken.add(number);
      first.countDown();
      if (number == 20) {
        twentieth.countDown();
      }
      if (slow) {
        try {
          last.await();
        } catch (InterruptedException _) {
          throw new InterruptedIOException();
        }
      }
    }
  }
}
