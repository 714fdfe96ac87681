package dev.errand.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.engine.event.Event;
import dev.errand.engine.event.NewEvent;
import dev.errand.engine.lease.Lease;
import dev.errand.engine.lease.Leases.NewWorker;
import dev.errand.engine.lease.Leases.Session;
import dev.errand.engine.lease.Outcome;
import dev.errand.engine.task.NewTask;
import dev.errand.engine.task.Task;
import dev.errand.engine.task.TaskError;
import dev.errand.engine.task.TaskId;
import dev.errand.engine.task.TaskStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// What the contracts of the stores share: a store of its own for every test, and short words for
/// what most tests have to do first.
public abstract class StoreContract {
  static final Duration LEASE_FOR = Duration.ofMinutes(1);
  static final TaskError BROKEN = new TaskError("broken", "It broke", "at Some.where(Some.java:1)");

  private static final JsonMapper JSON = new JsonMapper();

  private final List<Session> sessions = new ArrayList<>();
  private @Nullable StoreUnderTest store;

  /// A store that holds nothing; called once for each test.
  protected abstract StoreUnderTest emptyStore();

  @BeforeEach
  final void openStore() {
    store = emptyStore();
  }

  @AfterEach
  final void closeStore() {
    sessions.forEach(Session::close);
    store().close();
  }

  final StoreUnderTest store() {
    if (store == null) {
      throw new IllegalStateException("No test is running");
    }
    return store;
  }

  // --- submitting

  final TaskId submitted(String type) {
    return submitted(TaskDraft.of(type));
  }

  final TaskId submitted(TaskDraft draft) {
    NewTask task = draft.task();
    store().tasks().submit(List.of(task));
    return task.id();
  }

  // --- working

  final Session worker(String... types) {
    return worker("w1", LEASE_FOR, types);
  }

  final Session worker(String name, Duration leaseFor, String... types) {
    Session session = store().leases().open(new NewWorker(name, List.of(types), 10, leaseFor));
    sessions.add(session);
    return session;
  }

  /// The lease of a new task of `type`, by a worker of its own.
  final Lease running(String type) {
    return running(TaskDraft.of(type));
  }

  final Lease running(TaskDraft draft) {
    TaskId task = submitted(draft);
    return claimed(worker(draft.task().type()), task);
  }

  /// The lease of `task`, which must be the next that `session` gets.
  final Lease claimed(Session session, TaskId task) {
    List<Lease> leases = session.claim(1);
    assertThat(leases).extracting(Lease::task).containsExactly(task);
    return leases.getFirst();
  }

  /// A task that ended with `outcome`.
  final TaskId ended(String type, Outcome outcome) {
    Lease lease = running(type);
    assertThat(end(lease, outcome)).isTrue();
    return lease.task();
  }

  static NewEvent progress(int percent) {
    return new NewEvent.Progress(percent, percent + " percent done");
  }

  final boolean end(Lease lease, Outcome outcome) {
    return store().leases().end(lease, outcome);
  }

  /// Lets the lease time of every worker pass that sends no heartbeat, and rescues its tasks.
  final int rescueAfterSilence() {
    store().timePasses(LEASE_FOR);
    return rescue();
  }

  /// Rescues the tasks of dead workers, and says how many there were.
  final int rescue() {
    return store().leases().rescue().count();
  }

  // --- looking

  final Task task(TaskId id) {
    return store().tasks().find(id).orElseThrow();
  }

  final TaskStatus status(TaskId id) {
    return task(id).status();
  }

  /// The error of a task that must have one.
  final TaskError error(TaskId id) {
    return Objects.requireNonNull(task(id).error(), "no error");
  }

  final List<Event> events(TaskId id) {
    return store().history().events(id, 0, 10_000);
  }

  final List<String> eventTypes(TaskId id) {
    return events(id).stream().map(Event::type).toList();
  }

  final Event lastEvent(TaskId id) {
    return events(id).getLast();
  }

  static Map<String, Object> data(Event event) {
    return object(event.data());
  }

  /// `json` as an object; absent text fails the test.
  static Map<String, Object> object(@Nullable String json) {
    return JSON.readValue(Objects.requireNonNull(json, "no JSON at all"), new TypeReference<>() {});
  }

  static void assertGapless(List<Long> numbers) {
    assertThat(numbers).isEqualTo(LongStream.rangeClosed(1, numbers.size()).boxed().toList());
  }
}
