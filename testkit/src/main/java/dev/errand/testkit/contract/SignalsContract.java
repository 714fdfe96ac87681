package dev.errand.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.engine.signal.Signals;
import dev.errand.engine.signal.Signals.Subscription;
import dev.errand.engine.task.TaskId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [Signals] must carry. Signals that follow each other closely may arrive as one.
public abstract class SignalsContract {
  private static final int PATIENCE_SECONDS = 10;

  private final List<Subscription> subscriptions = new ArrayList<>();
  private @Nullable Signals signals;

  /// The signals under test, to which nobody listens; called once for each test.
  protected abstract Signals signals() throws Exception;

  /// Signals that hear what the signals under test say: the same for those of one process, those of
  /// another node for those that reach further.
  protected abstract Signals otherNode() throws Exception;

  @BeforeEach
  final void connect() throws Exception {
    signals = signals();
  }

  @AfterEach
  final void unsubscribe() {
    subscriptions.forEach(Subscription::close);
  }

  @Test
  void work_is_heard_by_all_who_listen() throws Exception {
    Semaphore here = new Semaphore(0);
    Semaphore there = new Semaphore(0);
    listening(here().onWork(here::release));
    listening(otherNode().onWork(there::release));

    here().work();

    assertHeard(here);
    assertHeard(there);
  }

  @Test
  void work_is_heard_again_and_again() throws Exception {
    Semaphore heard = new Semaphore(0);
    listening(otherNode().onWork(heard::release));

    for (int i = 0; i < 5; i++) {
      heard.drainPermits();
      here().work();
      assertHeard(heard);
    }
  }

  @Test
  void a_request_to_cancel_is_heard_by_all_who_listen_for_one() throws Exception {
    Semaphore here = new Semaphore(0);
    Semaphore there = new Semaphore(0);
    listening(here().onCancelRequest(here::release));
    listening(otherNode().onCancelRequest(there::release));

    here().cancelRequested();

    assertHeard(here);
    assertHeard(there);
  }

  @Test
  void a_change_is_heard_by_all_who_listen_for_the_task() throws Exception {
    TaskId task = TaskId.next();
    Semaphore here = new Semaphore(0);
    Semaphore second = new Semaphore(0);
    Semaphore there = new Semaphore(0);
    listening(here().onChange(task, here::release));
    listening(here().onChange(task, second::release));
    listening(otherNode().onChange(task, there::release));

    here().changed(task);

    assertHeard(here);
    assertHeard(second);
    assertHeard(there);
  }

  @Test
  void changes_of_many_tasks_are_each_heard() throws Exception {
    List<TaskId> tasks = new ArrayList<>();
    Semaphore heard = new Semaphore(0);
    for (int i = 0; i < 50; i++) {
      TaskId task = TaskId.next();
      tasks.add(task);
      listening(otherNode().onChange(task, once(heard)));
    }

    tasks.forEach(here()::changed);

    assertThat(heard.tryAcquire(50, PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void a_change_is_not_heard_by_who_listens_for_something_else() throws Exception {
    TaskId changed = TaskId.next();
    Semaphore others = new Semaphore(0);
    Semaphore heard = new Semaphore(0);
    listening(otherNode().onChange(TaskId.next(), others::release));
    listening(otherNode().onWork(others::release));
    listening(otherNode().onCancelRequest(others::release));
    listening(otherNode().onChange(changed, heard::release));

    here().changed(changed);

    assertHeard(heard);
    assertThat(others.availablePermits()).isZero();
  }

  @Test
  void nothing_is_heard_after_the_subscription_was_closed() throws Exception {
    TaskId task = TaskId.next();
    Semaphore closed = new Semaphore(0);
    Semaphore open = new Semaphore(0);
    Subscription work = otherNode().onWork(closed::release);
    Subscription cancel = otherNode().onCancelRequest(closed::release);
    Subscription change = otherNode().onChange(task, closed::release);
    listening(otherNode().onWork(open::release));
    listening(otherNode().onCancelRequest(open::release));
    listening(otherNode().onChange(task, open::release));
    work.close();
    cancel.close();
    change.close();

    here().work();
    assertHeard(open);
    open.drainPermits();
    here().cancelRequested();
    assertHeard(open);
    open.drainPermits();
    here().changed(task);
    assertHeard(open);

    assertThat(closed.availablePermits()).isZero();
  }

  @Test
  void a_subscription_may_be_closed_twice_and_opened_again() throws Exception {
    TaskId task = TaskId.next();
    Semaphore heard = new Semaphore(0);
    Subscription first = otherNode().onChange(task, heard::release);
    first.close();
    first.close();
    listening(otherNode().onChange(task, heard::release));

    here().changed(task);

    assertHeard(heard);
  }

  @Test
  void a_listener_may_unsubscribe_while_it_listens() throws Exception {
    TaskId task = TaskId.next();
    Semaphore heard = new Semaphore(0);
    List<Subscription> own = Collections.synchronizedList(new ArrayList<>());
    own.add(
        otherNode()
            .onChange(
                task,
                () -> {
                  own.forEach(Subscription::close);
                  heard.release();
                }));

    here().changed(task);

    assertHeard(heard);
  }

  @Test
  void signals_without_listeners_disturb_nobody() {
    here().work();
    here().cancelRequested();
    here().changed(TaskId.next());
  }

  @Test
  void subscribing_and_signalling_may_happen_at_once() throws Exception {
    TaskId task = TaskId.next();
    Semaphore heard = new Semaphore(0);
    listening(otherNode().onChange(task, heard::release));
    Callable<Boolean> racer =
        () -> {
          for (int i = 0; i < 100; i++) {
            Subscription change = otherNode().onChange(task, () -> {});
            Subscription work = otherNode().onWork(() -> {});
            here().changed(task);
            here().work();
            change.close();
            work.close();
          }
          return true;
        };

    assertThat(Race.between(Collections.nCopies(4, racer))).containsOnly(true);

    assertHeard(heard);
  }

  private static Runnable once(Semaphore heard) {
    AtomicBoolean first = new AtomicBoolean(true);
    return () -> {
      if (first.getAndSet(false)) {
        heard.release();
      }
    };
  }

  private static void assertHeard(Semaphore heard) throws InterruptedException {
    assertThat(heard.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  private void listening(Subscription subscription) {
    subscriptions.add(subscription);
  }

  private Signals here() {
    if (signals == null) {
      throw new IllegalStateException("No test is running");
    }
    return signals;
  }
}
