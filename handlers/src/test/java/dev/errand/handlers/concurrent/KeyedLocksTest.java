package dev.errand.handlers.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeyedLocksTest {
  private final KeyedLocks locks = new KeyedLocks();
  private int unguarded;

  @Test
  void one_thread_at_a_time_holds_the_lock_of_a_key() throws Exception {
    Callable<Void> work =
        () -> {
          for (int i = 0; i < 1_000; i++) {
            try (var _ = locks.lock("a")) {
              unguarded++;
            }
          }
          return null;
        };
    InParallel.call(IntStream.range(0, 4).mapToObj(_ -> work).toList(), 4);

    assertThat(unguarded).isEqualTo(4_000);
  }

  @Test
  void locks_of_different_keys_are_held_at_the_same_time() throws Exception {
    try (var _ = locks.lock("a");
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      assertThat(threads.submit(() -> take("b")).get()).isEqualTo("b");
    }
  }

  @Test
  void a_thread_that_is_interrupted_while_it_waits_leaves_the_lock_to_others() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    try (var _ = locks.lock("a")) {
      Thread waiting =
          Thread.ofVirtual()
              .start(() -> {
                try (var _ = locks.lock("a")) {
                  throw new IllegalStateException("It is held");
                } catch (InterruptedException _) {
                  interrupted.countDown();
                }
              });
      waiting.interrupt();
      interrupted.await();
    }
    assertThat(take("a")).isEqualTo("a");
  }

  private String take(String key) throws InterruptedException {
    try (var _ = locks.lock(key)) {
      return key;
    }
  }
}
