package dev.errand.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.engine.artifact.Artifact;
import dev.errand.engine.event.NewEvent;
import dev.errand.engine.lease.Lease;
import dev.errand.engine.lease.Leases.NewWorker;
import dev.errand.engine.lease.Leases.Session;
import dev.errand.engine.lease.LogLine;
import dev.errand.engine.lease.Outcome;
import dev.errand.engine.retention.Pruned;
import dev.errand.engine.retention.Retention;
import dev.errand.engine.retention.RetentionStore.Extent;
import dev.errand.engine.task.StoreUnavailable;
import dev.errand.engine.task.TaskError;
import dev.errand.engine.task.TaskId;
import dev.errand.engine.task.TaskStore.Retried;
import dev.errand.testkit.contract.Race;
import dev.errand.testkit.contract.TaskDraft;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresRetentionTest {
  @RegisterExtension static final TestDatabase database = TestDatabase.migrated();

  private static final Retention MONTH =
      new Retention(days(30), Map.of("echo", days(1), "post", days(7)));
  private static final List<String> BELONGINGS =
      List.of("attempts", "steps", "events", "log_lines", "artifacts", "idempotency_keys");
  private static final AtomicLong IDS = new AtomicLong();

  private final Database sql = new Database(database.pool());
  private final PostgresTasks tasks = new PostgresTasks(database.pool());
  private final PostgresArtifacts artifacts = new PostgresArtifacts(database.pool());
  private final PostgresLeases leases =
      new PostgresLeases(database.pool(), PostgresUnderTest.sessions(database));
  private final PostgresRetention retention = new PostgresRetention(database.pool());

  @BeforeEach
  void weeksOfTheLastQuarter() {
    PostgresUnderTest.empty(database);
    sql.update("TRUNCATE pruned_bytes");
    sql.query("SELECT create_history_partitions(now() - interval '100 days', now())", _ -> true);
  }

  @Test
  void each_task_is_kept_for_its_life_after_its_end_and_not_much_longer() throws Exception {
    Map<TaskId, Boolean> stays = new LinkedHashMap<>();
    for (String type : List.of("echo", "post", "report")) {
      for (int submitted : List.of(0, 2, 5, 9, 20, 29, 33, 60, 80)) {
        for (int ended : List.of(0, 2, 5, 9, 29, 33, 60)) {
          if (ended <= submitted) {
            TaskId task = ended(type, days(submitted), days(ended));
            stays.put(task, ended < life(type).toDays() || !mayGo(type, submitted));
          }
        }
      }
    }
    Map<TaskId, Map<String, Integer>> before = belongings(stays.keySet());
    assertThat(before.values()).allMatch(some -> !some.containsValue(0));

    pruneAll();

    stays.forEach((task, expected) -> {
      assertThat(tasks.find(task).isPresent())
          .as("%s of %s", task, tasks.find(task))
          .isEqualTo(expected);
      Map<String, Integer> left = belongings(task);
      assertThat(left.values())
          .as("what is left of %s", task)
          .matches(counts ->
              expected ? left.equals(before.get(task)) : counts.stream().allMatch(n -> n == 0));
    });
  }

  /// One that has no life of its own goes with its week, or two weeks later when its week cannot
  /// go; here every week of the last 45 days has one that stays.
  private static boolean mayGo(String type, int submittedDaysAgo) {
    return !type.equals("report") || submittedDaysAgo > 44;
  }

  private static Duration life(String type) {
    return MONTH.byType().getOrDefault(type, MONTH.life());
  }

  @Test
  void a_week_in_which_all_is_over_goes_whole() throws Exception {
    TaskId old = ended("report", days(60), days(59));
    TaskId recent = ended("report", days(3), days(2));
    assertThat(weekOf(old)).hasSize(5);

    Pruned pruned = prune(MONTH);

    assertThat(pruned.weeks()).isGreaterThanOrEqualTo(6);
    assertThat(pruned.tasks()).isZero();
    assertThat(weekOf(old)).isEmpty();
    assertThat(belongings(old).values()).containsOnly(0);
    assertThat(tasks.find(recent)).isPresent();
    assertThat(prune(MONTH).nothing()).isTrue();
  }

  @Test
  void the_history_of_a_task_that_has_not_ended_stays() throws Exception {
    TaskId ended = ended("report", days(60), days(59));
    TaskId open = retried("report", days(60));
    TaskId nextYear = submitted(TaskDraft.of("report").after(Duration.ofDays(365)), days(70));
    Map<String, Integer> before = belongings(open);
    assertThat(before).doesNotContainValue(0);

    pruneAll();

    assertThat(tasks.find(ended)).isEmpty();
    assertThat(belongings(ended).values()).containsOnly(0);
    assertThat(tasks.find(nextYear)).isPresent();
    assertThat(belongings(open)).isEqualTo(before);
    assertThat(weekOf(open)).hasSize(5);
  }

  @Test
  void a_pass_over_recent_tasks_prunes_those_whose_life_has_just_ended() throws Exception {
    TaskId echo = ended("echo", Duration.ofHours(30), Duration.ofHours(25));
    TaskId fresh = ended("echo", Duration.ofHours(30), Duration.ofHours(23));
    TaskId post = ended("post", Duration.ofHours(30), Duration.ofHours(25));
    TaskId longUnderWay = ended("echo", days(5), Duration.ofHours(25));

    assertThat(retention.prune(MONTH, Extent.RECENT)).isPresent();

    assertThat(List.of(echo, fresh, post, longUnderWay))
        .extracting(task -> tasks.find(task).isPresent())
        .containsExactly(false, true, true, true);
    pruneAll();
    assertThat(tasks.find(longUnderWay)).isEmpty();
  }

  @Test
  void no_statement_changes_more_than_a_thousand_rows() throws Exception {
    for (int i = 0; i < 30; i++) {
      ended("echo", days(4), days(3));
    }
    sql.update(
        """
        INSERT INTO ended_tasks
        SELECT copy.*
          FROM (SELECT * FROM ended_tasks LIMIT 1) t, generate_series(1, 2500) n,
               jsonb_populate_record(NULL::ended_tasks, to_jsonb(t) || jsonb_build_object(
                 'task_id', overlay(t.task_id::text placing lpad(to_hex(n), 12, '0') from 25))) copy
        """);
    TaskId giant = ended("echo", days(4), days(3));
    fill(giant);

    WatchedConnections watched = new WatchedConnections();
    assertThat(new PostgresRetention(watched.on(database.pool())).prune(MONTH, Extent.ALL))
        .isPresent();

    assertThat(watched.mostChanged().values()).allMatch(count -> count <= 1_000);
    assertThat(watched.mostChanged().values()).contains(1_000);
    assertThat(belongings(giant).values()).containsOnly(0);
    assertThat(sql.count("SELECT count(*) FROM ended_tasks")).isZero();
  }

  /// Gives a task more of everything than a statement may touch.
  private void fill(TaskId task) {
    UUID id = task.value();
    sql.update(
        "INSERT INTO events SELECT ?, n, 'progress', now(), '{}' FROM generate_series(100, 3500) n",
        id);
    sql.update(
        "INSERT INTO log_lines SELECT ?, n, now(), 'INFO', '' FROM generate_series(100, 2200) n",
        id);
    sql.update(
        "INSERT INTO steps SELECT ?, 'step ' || n, '1', now() FROM generate_series(1, 2100) n", id);
    sql.update(
        """
        INSERT INTO artifacts
        SELECT gen_random_uuid(), ?, 'ada', 'n', 't', 't', 1, lpad(to_hex(n), 64, '0'), true, now()
          FROM generate_series(1, 1500) n
        """,
        id);
    sql.update("UPDATE ended_tasks SET events = 3600, log_lines = 2200 WHERE task_id = ?", id);
  }

  @Test
  void a_task_that_is_retried_while_it_is_pruned_is_whole_or_gone() throws Exception {
    for (int round = 0; round < 6; round++) {
      List<TaskId> failed = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        failed.add(failed("echo", days(4), days(3)));
        failed.add(failed("report", days(40 + 7 * round), days(39)));
      }
      Map<TaskId, Map<String, Integer>> before = belongings(failed);
      Set<TaskId> retried = ConcurrentHashMap.newKeySet();
      List<TaskId> wanted = failed.subList(0, 14); // nobody saves the others

      Race.between(
          List.of(
              () -> retention.prune(MONTH, Extent.ALL),
              () ->
                  retried.addAll(
                      wanted.stream()
                          .filter(task -> tasks.retry(task) instanceof Retried.Queued)
                          .toList())));

      for (TaskId task : failed) {
        Map<String, Integer> left = belongings(task);
        assertThat(tasks.find(task).isPresent() || !retried.contains(task)).isTrue();
        if (tasks.find(task).isPresent()) {
          int again = retried.contains(task) ? 1 : 0;
          Map<String, Integer> had = Objects.requireNonNull(before.get(task));
          assertThat(left.get("attempts"))
              .isEqualTo(again + Objects.requireNonNull(had.get("attempts")));
          for (String table : List.of("steps", "log_lines", "artifacts", "idempotency_keys")) {
            assertThat(left.get(table)).as(table).isEqualTo(had.get(table));
          }
        } else {
          assertThat(left.values()).containsOnly(0);
        }
      }
      // Reports wait for the end of their week, in which somebody retried one.
      assertThat(retention.prune(MONTH, Extent.ALL)).isPresent();
      assertThat(failed)
          .allMatch(task -> tasks.find(task).isPresent() || !retried.contains(task))
          .filteredOn(task -> failed.indexOf(task) % 2 == 0)
          .allMatch(task -> tasks.find(task).isPresent() == retried.contains(task));
      failed.forEach(tasks::cancel);
    }
  }

  @Test
  void whoever_prunes_may_be_killed_between_any_two_statements() throws Exception {
    Map<TaskId, Map<String, Integer>> before = new LinkedHashMap<>();
    int kills = 0;
    boolean died = true;
    while (died) {
      if (kills % 10 == 0) {
        for (int i = 0; i < 2; i++) {
          TaskId task = ended("echo", days(4), days(3));
          before.put(task, belongings(task));
        }
        sql.query("SELECT create_history_partitions(now() - interval '60 days', now())", _ -> true);
        TaskId old = ended("report", days(59), days(50));
        before.put(old, belongings(old));
      }
      WatchedConnections dying = new WatchedConnections();
      dying.dieAfter(kills++);
      try {
        new PostgresRetention(dying.on(database.pool())).prune(MONTH, Extent.ALL);
      } catch (StoreUnavailable e) {
        assertThat(dying.died()).isTrue();
      }
      died = dying.died();

      before.forEach((task, whole) -> {
        Map<String, Integer> left = belongings(task);
        if (tasks.find(task).isPresent()) {
          assertThat(left).as("%s is whole", task).isEqualTo(whole);
        } else {
          assertThat(
                  List.of(
                      left.get("attempts"),
                      left.get("steps"),
                      left.get("events"),
                      left.get("log_lines")))
              .as("%s is gone", task)
              .containsOnly(0);
        }
      });
    }

    assertThat(kills).isGreaterThan(15);
    pruneAll();
    assertThat(before.keySet()).allMatch(task -> tasks.find(task).isEmpty());
    assertThat(belongings(before.keySet()).values()).allMatch(left -> !left.containsValue(1));
  }

  @Test
  void bytes_may_go_when_no_artifact_has_them_any_more() throws Exception {
    TaskId pruned = ended("echo", days(4), days(3));
    TaskId kept = ended("echo", days(4), Duration.ofHours(1));
    String shared = "ab".repeat(32);
    String own = "cd".repeat(32);
    upload(pruned, shared);
    upload(kept, shared);
    upload(pruned, own);

    pruneAll();

    assertThat(retention.unreferenced("", 10)).contains(own).doesNotContain(shared);
    assertThat(retention.unreferenced(own, 10)).doesNotContain(own);
    retention.dealtWith(retention.unreferenced("", 10));
    assertThat(retention.unreferenced("", 10)).isEmpty();
  }

  @Test
  void bytes_that_were_replaced_or_came_too_late_may_go() throws Exception {
    TaskId task = submitted(TaskDraft.of("echo"), Duration.ZERO);
    String first = "ab".repeat(32);
    String second = "cd".repeat(32);
    String late = "ef".repeat(32);
    try (Session worker =
        leases.open(new NewWorker("ant", List.of("echo"), 1, Duration.ofMinutes(1)))) {
      Lease lease = worker.claim(1).getFirst();
      artifacts.put(lease, artifact(task, first));
      artifacts.put(lease, artifact(task, first));
      assertThat(retention.unreferenced("", 10)).isEmpty();

      artifacts.put(lease, artifact(task, second));
      assertThat(retention.unreferenced("", 10)).containsExactly(first);

      leases.end(lease, new Outcome.Completed("1"));
      assertThat(artifacts.put(lease, artifact(task, late))).isEmpty();
      assertThat(artifacts.put(lease, artifact(task, second))).isEmpty();
    }
    assertThat(retention.unreferenced("", 10)).containsExactly(first, late);
  }

  @Test
  void keys_and_workers_that_nobody_needs_go() throws Exception {
    TaskId gone = ended("report", days(60), days(59));
    TaskId kept = ended("report", days(3), days(2));
    sql.update("UPDATE workers SET ended_at = now() - interval '25 hours'");
    Session today = leases.open(new NewWorker("bee", List.of("x"), 1, Duration.ofMinutes(1)));
    Session holds = leases.open(new NewWorker("cat", List.of("held"), 1, Duration.ofMinutes(1)));
    submitted(TaskDraft.of("held"), Duration.ZERO);
    assertThat(holds.claim(1)).hasSize(1);
    sql.update("UPDATE workers SET ended_at = now() - interval '25 hours' WHERE name = 'cat'");
    today.close();

    pruneAll();

    assertThat(sql.query("SELECT name FROM workers ORDER BY name", row -> row.getString(1)))
        .containsExactly("bee", "cat");
    assertThat(sql.query("SELECT task_id FROM idempotency_keys", row -> row.getObject(1)))
        .containsExactly(kept.value())
        .doesNotContain(gone.value());
    holds.close();
  }

  @Test
  void what_a_day_has_spent_is_forgotten_with_its_tasks() throws Exception {
    sql.update(
        """
        INSERT INTO budgets (scope, day, subject, used_on)
        SELECT 'user', current_date - n, 'ada', current_date - n FROM generate_series(0, 40) n
        """);
    TaskId open = submitted(TaskDraft.of("report").after(days(365)), days(60));
    sql.update(
        """
        INSERT INTO budgets (scope, day, subject, used_on)
        VALUES ('task', '-infinity', ?::text, current_date - 60),
               ('task', '-infinity', gen_random_uuid()::text, current_date - 60)
        """,
        open.toString());

    pruneAll();

    assertThat(sql.count("SELECT count(*) FROM budgets WHERE scope = 'user'")).isBetween(30, 32);
    assertThat(
            sql.query("SELECT subject FROM budgets WHERE scope = 'task'", row -> row.getString(1)))
        .containsExactly(open.toString());
  }

  @Test
  void one_node_prunes_at_a_time() throws Exception {
    ended("echo", days(4), days(3));
    try (Connection other = database.pool().getConnection();
        Statement statement = other.createStatement()) {
      String key = "(%d, hashtext('retention'))".formatted(PostgresSession.LOCK_CLASS);
      statement.execute("SELECT pg_advisory_lock" + key);
      assertThat(retention.prune(MONTH, Extent.ALL)).isEmpty();
      statement.execute("SELECT pg_advisory_unlock" + key);
    }
    assertThat(retention.prune(MONTH, Extent.ALL).map(Pruned::tasks)).isEqualTo(Optional.of(1));
  }

  @Test
  void a_week_that_somebody_reads_goes_in_a_later_pass() throws Exception {
    TaskId old = ended("report", days(60), days(59));
    try (Connection reader = database.pool().getConnection()) {
      reader.setAutoCommit(false);
      read(reader);
      assertThat(prune(new Retention(days(40), Map.of())).weeks()).isZero();
      reader.rollback();
      reader.setAutoCommit(true);
    }

    assertThat(prune(MONTH).weeks()).isPositive();
    assertThat(weekOf(old)).isEmpty();
  }

  private static void read(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT count(*) FROM ended_tasks");
    }
  }

  // --- pruning

  private Pruned prune(Retention life) throws InterruptedException {
    return retention.prune(life, Extent.ALL).orElseThrow();
  }

  private void pruneAll() throws InterruptedException {
    prune(MONTH);
    assertThat(prune(MONTH).nothing()).as("a second pass finds nothing").isTrue();
  }

  // --- tasks

  private static Duration days(int days) {
    return Duration.ofDays(days);
  }

  private TaskId ended(String type, Duration submittedAgo, Duration endedAgo) {
    return worked(type, submittedAgo, endedAgo, new Outcome.Completed("1"));
  }

  private TaskId failed(String type, Duration submittedAgo, Duration endedAgo) {
    TaskError error = new TaskError("broken", "It broke", null);
    return worked(type, submittedAgo, endedAgo, new Outcome.Failed(error));
  }

  /// A task of old that failed and was retried.
  private TaskId retried(String type, Duration submittedAgo) {
    TaskId task = failed(type, submittedAgo, submittedAgo);
    assertThat(tasks.retry(task)).isInstanceOf(Retried.Queued.class);
    return task;
  }

  /// A task that has something in every table.
  private TaskId worked(String type, Duration submittedAgo, Duration endedAgo, Outcome outcome) {
    String key = "key " + IDS.incrementAndGet();
    TaskId task = submitted(TaskDraft.of(type).key(key, "same"), submittedAgo);
    try (Session worker =
        leases.open(new NewWorker("ant", List.of(type), 1, Duration.ofMinutes(1)))) {
      Lease first = worker.claim(1).getFirst();
      assertThat(first.task()).isEqualTo(task);
      assertThat(leases.end(first, new Outcome.Released())).isTrue();
      Lease lease = worker.claim(1).getFirst();
      assertThat(leases.append(lease, List.of(new NewEvent.Progress(1, "begun")))).isTrue();
      LogLine line = new LogLine(Instant.now(), LogLine.Level.INFO, "said");
      assertThat(leases.log(lease, List.of(line))).isTrue();
      assertThat(leases.finishStep(lease, "one", "1")).isTrue();
      assertThat(leases.end(lease, outcome)).isTrue();
    }
    upload(task, "%064x".formatted(IDS.incrementAndGet()));
    sql.update(
        "UPDATE ended_tasks SET finished_at = now() - ? * interval '1 second' WHERE task_id = ?",
        endedAgo.toSeconds() + 60,
        task.value());
    return task;
  }

  private TaskId submitted(TaskDraft draft, Duration ago) {
    long millis = Instant.now().minus(ago).minusSeconds(120).toEpochMilli();
    TaskId id = new TaskId(new UUID(millis << 16 | 0x7000, 1L << 63 | IDS.incrementAndGet() << 20));
    tasks.submit(List.of(draft.task(id)));
    return id;
  }

  private void upload(TaskId task, String sha256) {
    artifacts.add(artifact(task, sha256));
  }

  private static Artifact artifact(TaskId task, String sha256) {
    return new Artifact(
        UUID.randomUUID(), task, "ada", "a", "a", "text/plain", 1, sha256, Instant.now());
  }

  // --- looking

  private Map<TaskId, Map<String, Integer>> belongings(Iterable<TaskId> some) {
    Map<TaskId, Map<String, Integer>> all = new LinkedHashMap<>();
    some.forEach(task -> all.put(task, belongings(task)));
    return all;
  }

  private Map<String, Integer> belongings(TaskId task) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (String table : BELONGINGS) {
      counts.put(
          table, sql.count("SELECT count(*) FROM " + table + " WHERE task_id = ?", task.value()));
    }
    return counts;
  }

  /// The tables of the week in which a task was submitted.
  private List<String> weekOf(TaskId task) {
    Instant at = Instant.ofEpochMilli(task.value().getMostSignificantBits() >>> 16);
    return sql.query(
        """
        SELECT relname FROM pg_class
         WHERE relkind = 'r'
           AND relname LIKE '%' || to_char(date_trunc('week', ?::timestamptz AT TIME ZONE 'UTC'),
                                           '_YYYY_MM_DD')
        """,
        row -> row.getString(1), at);
  }
}
