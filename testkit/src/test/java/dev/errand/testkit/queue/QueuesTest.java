package dev.errand.testkit.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.engine.access.Caller;
import dev.errand.engine.problem.Problem;
import dev.errand.engine.queue.Queue;
import dev.errand.engine.queue.Queue.Limit;
import dev.errand.engine.queue.Queues;
import dev.errand.engine.signal.LocalSignals;
import dev.errand.testkit.memory.InMemoryStore;
import dev.errand.testkit.time.SettableClock;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class QueuesTest {
  private static final Caller OPERATOR = new Caller("olga", Caller.Role.OPERATOR);
  private static final Caller USER = new Caller("ada", Caller.Role.USER);

  private final InMemoryStore store = new InMemoryStore(new SettableClock());
  private final LocalSignals signals = new LocalSignals();
  private final Queues queues = new Queues(store.queues(), signals);

  @Test
  void an_operator_pauses_limits_and_resumes() {
    assertThat(queues.pause(OPERATOR, "night").paused()).isTrue();
    assertThat(queues.limit(OPERATOR, "night", new Limit(3, 2)).limit()).isEqualTo(new Limit(3, 2));

    assertThat(queues.resume(OPERATOR, "night"))
        .isEqualTo(new Queue("night", false, new Limit(3, 2), 0, 0, 0));
    assertThat(queues.all(OPERATOR)).hasSize(1);
  }

  @Test
  void workers_are_woken_when_more_may_run() {
    AtomicInteger woken = new AtomicInteger();
    signals.onWork(woken::incrementAndGet);

    queues.pause(OPERATOR, "night");
    assertThat(woken).hasValue(0);
    queues.resume(OPERATOR, "night");
    assertThat(woken).hasValue(1);
    queues.limit(OPERATOR, "night", Limit.NONE);
    assertThat(woken).hasValue(2);
  }

  @Test
  void nobody_else_may() {
    assertForbidden(() -> queues.all(USER));
    assertForbidden(() -> queues.pause(USER, "night"));
    assertForbidden(() -> queues.resume(USER, "night"));
    assertForbidden(() -> queues.limit(USER, "night", Limit.NONE));
    assertThat(store.queues().all()).isEmpty();
  }

  private static void assertForbidden(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Problem.Refused.class,
            refused -> assertThat(refused.problem()).isInstanceOf(Problem.Forbidden.class));
  }
}
