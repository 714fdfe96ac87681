package dev.errand.postgres;

import static dev.errand.postgres.Database.instant;

import dev.errand.engine.budget.Account;
import dev.errand.engine.budget.Allowance;
import dev.errand.engine.budget.BudgetLimits;
import dev.errand.engine.budget.BudgetScope;
import dev.errand.engine.budget.Budgets;
import dev.errand.engine.budget.Money;
import dev.errand.engine.budget.Overrun;
import dev.errand.engine.budget.Spending;
import dev.errand.engine.task.NewTask;
import dev.errand.engine.task.TaskId;
import dev.errand.postgres.Database.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Budgets on PostgreSQL.
///
/// Whoever changes accounts locks them in one order, the one that most others want last, so that
/// nobody waits in a circle and everybody's account is held for the shortest time.
public final class PostgresBudgets implements Budgets {
  /// Reserves when every account is there and none of them becomes too full. Locking brings their
  /// newest state, so what was read is what is changed.
  private static final String RESERVE =
      """
      WITH asked AS (
        SELECT ?::uuid AS id, ?::uuid AS task_id, ?::uuid AS lease_token, ?::text AS owner,
               ?::bigint AS tokens, ?::bigint AS micros, ?::boolean AS in_day,
               (now() AT TIME ZONE 'UTC')::date AS today),
      wanted AS (
        SELECT 'task' AS scope, date '-infinity' AS day, task_id::text AS subject,
               ?::bigint AS max_tokens, ?::bigint AS max_micros
          FROM asked
        UNION ALL
        SELECT 'user', today, owner, ?::bigint, ?::bigint FROM asked
        UNION ALL
        SELECT 'day', today, '', ?::bigint, ?::bigint FROM asked WHERE in_day),
      locked AS (
        SELECT budgets.*, max_tokens, max_micros
          FROM wanted JOIN budgets USING (scope, day, subject)
         ORDER BY scope DESC
           FOR UPDATE OF budgets),
      verdict AS (
        SELECT count(*) = (SELECT count(*) FROM wanted)
               AND bool_and(
                 coalesce(least(max_tokens, own_tokens) - spent_tokens - reserved_tokens >= tokens,
                          true)
                 AND coalesce(
                   least(max_micros, own_micros) - spent_micros - reserved_micros >= micros, true))
               AS fits
          FROM locked, asked),
      noted AS (
        INSERT INTO reservations (id, task_id, lease_token, owner, day, in_day, tokens, micros,
                                  reserved_at)
        SELECT id, task_id, lease_token, owner, today, in_day, tokens, micros, now()
          FROM asked, verdict
         WHERE fits
           AND EXISTS (SELECT FROM open_tasks o
                        WHERE o.task_id = asked.task_id AND o.lease_token = asked.lease_token)
            ON CONFLICT (id) DO NOTHING
        RETURNING day AS today, tokens, micros),
      counted AS (
        UPDATE budgets
           SET reserved_tokens = budgets.reserved_tokens + tokens,
               reserved_micros = budgets.reserved_micros + micros,
               used_on = today
          FROM noted, locked
         WHERE budgets.scope = locked.scope AND budgets.day = locked.day
           AND budgets.subject = locked.subject)
      SELECT wanted.scope, locked.scope IS NOT NULL AS there, EXISTS (SELECT FROM noted) AS noted,
             spent_tokens, spent_micros, reserved_tokens, reserved_micros, own_tokens, own_micros,
             now() AS now
        FROM wanted LEFT JOIN locked USING (scope)
       ORDER BY array_position(ARRAY['task', 'user', 'day'], wanted.scope)
      """;

  /// Everybody's account begins with what users have spent and reserved before there was a limit.
  private static final String OPEN =
      """
      WITH asked AS (
        SELECT ?::text AS task, ?::text AS owner, ?::boolean AS in_day,
               (now() AT TIME ZONE 'UTC')::date AS today)
      INSERT INTO budgets (scope, day, subject, spent_tokens, spent_micros, used_on)
      SELECT 'task', '-infinity', task, 0, 0, today FROM asked
      UNION ALL
      SELECT 'user', today, owner, 0, 0, today FROM asked
      UNION ALL
      SELECT 'day', today, '', coalesce(sum(spent_tokens + reserved_tokens), 0),
             coalesce(sum(spent_micros + reserved_micros), 0), today
        FROM asked LEFT JOIN budgets ON scope = 'user' AND day = today
       WHERE in_day
       GROUP BY today
          ON CONFLICT DO NOTHING
      """;

  private static final String ALLOW =
      """
      INSERT INTO budgets (scope, day, subject, own_tokens, own_micros, used_on)
      SELECT 'task', '-infinity', task::text, tokens, micros, (now() AT TIME ZONE 'UTC')::date
        FROM unnest(?::uuid[], ?::bigint[], ?::bigint[]) AS given (task, tokens, micros)
          ON CONFLICT DO NOTHING
      """;

  private static final String FORGET =
      "DELETE FROM budgets WHERE scope = 'task' AND day = '-infinity' AND subject = ANY (?)";

  private static final String KNOWN = "SELECT count(*) > 0 FROM reservations WHERE id = ?";

  private static final String HELD =
      "SELECT count(*) > 0 FROM open_tasks WHERE task_id = ? AND lease_token = ?";

  private static final String SETTLE =
      """
      WITH said AS (SELECT ?::bigint AS tokens, ?::bigint AS micros, ?::boolean AS assumed),
      mine AS (
        SELECT *
          FROM reservations
         WHERE id = ? AND (settled_at IS NULL OR (assumed AND NOT ?))
           FOR UPDATE),
      locked AS (
        SELECT scope, day, subject
          FROM (SELECT a.*
                  FROM mine,
                       LATERAL (VALUES ('task', date '-infinity', task_id::text),
                                       ('user', mine.day, owner),
                                       ('day', mine.day, '')) AS a (scope, day, subject)
                 WHERE in_day OR a.scope <> 'day') AS wanted
          JOIN budgets USING (scope, day, subject)
         ORDER BY scope DESC
           FOR UPDATE OF budgets),
      settled AS (
        UPDATE reservations
           SET settled_tokens = said.tokens, settled_micros = said.micros, settled_at = now(),
               assumed = said.assumed
          FROM mine, said
         WHERE reservations.id = mine.id)
      UPDATE budgets
         SET reserved_tokens =
               reserved_tokens - CASE WHEN mine.settled_at IS NULL THEN mine.tokens ELSE 0 END,
             reserved_micros =
               reserved_micros - CASE WHEN mine.settled_at IS NULL THEN mine.micros ELSE 0 END,
             spent_tokens = spent_tokens + said.tokens - coalesce(mine.settled_tokens, 0),
             spent_micros = spent_micros + said.micros - coalesce(mine.settled_micros, 0)
        FROM mine, said, locked
       WHERE budgets.scope = locked.scope AND budgets.day = locked.day
         AND budgets.subject = locked.subject
      """;

  private static final String ABANDONED =
      """
      SELECT id, tokens, micros
        FROM reservations r
       WHERE settled_at IS NULL
         AND NOT EXISTS (SELECT FROM open_tasks o
                          WHERE o.task_id = r.task_id AND o.lease_token = r.lease_token)
       ORDER BY reserved_at LIMIT 1000
      """;

  private static final String OF_TASK =
      "SELECT * FROM budgets WHERE scope = 'task' AND day = '-infinity' AND subject = ?";

  private static final String TODAY =
      """
      WITH clock AS (SELECT (now() AT TIME ZONE 'UTC')::date AS today),
      users AS (
        SELECT sum(spent_tokens)::bigint AS spent_tokens,
               sum(spent_micros)::bigint AS spent_micros,
               sum(reserved_tokens)::bigint AS reserved_tokens,
               sum(reserved_micros)::bigint AS reserved_micros
          FROM clock JOIN budgets ON scope = 'user' AND day = today)
      SELECT 'user' AS scope, today, (today + 1)::timestamp AT TIME ZONE 'UTC' AS resets_at,
             spent_tokens, spent_micros, reserved_tokens, reserved_micros
        FROM clock LEFT JOIN budgets ON scope = 'user' AND day = today AND subject = ?
      UNION ALL
      SELECT 'day', today, (today + 1)::timestamp AT TIME ZONE 'UTC',
             spent_tokens, spent_micros, reserved_tokens, reserved_micros
        FROM clock, users
       ORDER BY scope DESC
      """;

  private static final List<String> PRUNE =
      List.of(
          """
          DELETE FROM reservations WHERE ctid = ANY (ARRAY(
            SELECT ctid FROM reservations WHERE day < ? AND settled_at IS NOT NULL LIMIT 1000))
          """,
          """
          DELETE FROM budgets WHERE ctid = ANY (ARRAY(
            SELECT ctid FROM budgets
             WHERE used_on < ?
               AND NOT (scope = 'task'
                        AND EXISTS (SELECT FROM open_tasks WHERE task_id = subject::uuid))
               AND NOT (num_nonnulls(own_tokens, own_micros) > 0
                        AND EXISTS (SELECT FROM ended_tasks WHERE task_id = subject::uuid))
             LIMIT 1000))
          """);

  private final Database database;

  public PostgresBudgets(DataSource connections) {
    this.database = new Database(connections);
  }

  /// Notes what tasks may spend by their callers' wish, before they are stored: a task is never
  /// there without its budget. Of one whose submitting was cut short, it is forgotten in time.
  void allow(List<NewTask> tasks) {
    List<NewTask> limited = tasks.stream().filter(task -> !task.budget().unlimited()).toList();
    if (!limited.isEmpty()) {
      database.update(
          ALLOW,
          Array.of("uuid", limited, task -> task.id().value()),
          Array.of("bigint", limited, task -> task.budget().tokens()),
          Array.of("bigint", limited, task -> micros(task.budget())));
    }
  }

  /// Undoes what [#allow] noted for tasks that were not stored.
  void forget(List<NewTask> refused) {
    List<NewTask> limited = refused.stream().filter(task -> !task.budget().unlimited()).toList();
    if (!limited.isEmpty()) {
      database.update(FORGET, Array.of("text", limited, task -> task.id().toString()));
    }
  }

  @Override
  public Answer reserve(Request request) {
    List<State> states = tryToReserve(request);
    while (!states.stream().allMatch(State::there)) {
      open(request); // again when midnight comes in between
      states = tryToReserve(request);
    }
    if (states.getFirst().noted() || database.yes(KNOWN, request.id())) {
      return new Answer.Reserved();
    }
    TaskId task = request.lease().task();
    return database.yes(HELD, task.value(), request.lease().token())
        ? refused(request, states)
        : new Answer.LeaseLost();
  }

  private List<State> tryToReserve(Request request) {
    Spending estimate = request.estimate();
    BudgetLimits limits = request.limits();
    return database.query(
        RESERVE,
        State::read,
        request.id(),
        request.lease().task().value(),
        request.lease().token(),
        request.lease().owner(),
        estimate.tokens(),
        estimate.money().micros(),
        !limits.day().unlimited(),
        limits.task().tokens(),
        micros(limits.task()),
        limits.user().tokens(),
        micros(limits.user()),
        limits.day().tokens(),
        micros(limits.day()));
  }

  private void open(Request request) {
    database.update(
        OPEN,
        request.lease().task().toString(),
        request.lease().owner(),
        !request.limits().day().unlimited());
  }

  /// The account that had no room when it was locked.
  private Answer refused(Request request, List<State> states) {
    return states.stream()
        .filter(state ->
            Overrun.exceeds(request.estimate(), state.account(), state.limit(request.limits())))
        .map(state ->
            Overrun.of(state.scope(), state.limit(request.limits()), state.account(), state.now()))
        .min(Comparator.comparing(Overrun::scope))
        .<Answer>map(Answer.Refused::new)
        .orElseThrow(
            () -> new IllegalStateException("Reservation %s fits".formatted(request.id())));
  }

  private static @Nullable Long micros(Allowance allowance) {
    return allowance.money() == null ? null : allowance.money().micros();
  }

  /// @param there whether the account exists
  /// @param own what the task's caller allowed it
  private record State(
      BudgetScope scope,
      boolean there,
      boolean noted,
      Allowance own,
      Account account,
      Instant now) {
    Allowance limit(BudgetLimits limits) {
      return limits.of(scope).within(own);
    }

    static State read(ResultSet row) throws SQLException {
      return new State(
          BudgetScope.valueOf(row.getString("scope").toUpperCase(Locale.ROOT)),
          row.getBoolean("there"),
          row.getBoolean("noted"),
          ownIn(row),
          accountIn(row),
          instant(row, "now"));
    }
  }

  @Override
  public void settle(UUID reservation, Spending actual) {
    settle(reservation, actual, false);
  }

  private void settle(UUID reservation, Spending spending, boolean assumed) {
    database.update(
        SETTLE, spending.tokens(), spending.money().micros(), assumed, reservation, assumed);
  }

  @Override
  public int settleAbandoned() {
    List<Open> abandoned =
        database.query(
            ABANDONED,
            row -> new Open(row.getObject("id", UUID.class), spending(row, "tokens", "micros")));
    abandoned.forEach(open -> settle(open.id(), open.estimate(), true));
    return abandoned.size();
  }

  private record Open(UUID id, Spending estimate) {}

  @Override
  public Allotted allotted(TaskId task) {
    return database
        .queryOne(OF_TASK, row -> new Allotted(ownIn(row), accountIn(row)), task.toString())
        .orElse(new Allotted(Allowance.UNLIMITED, Account.EMPTY));
  }

  @Override
  public Today today(String user) {
    List<Day> days = database.query(TODAY, Day::read, user);
    Day own = days.getFirst();
    return new Today(own.day(), own.resetsAt(), own.account(), days.getLast().account());
  }

  private record Day(LocalDate day, Instant resetsAt, Account account) {
    static Day read(ResultSet row) throws SQLException {
      return new Day(
          row.getObject("today", LocalDate.class), instant(row, "resets_at"), accountIn(row));
    }
  }

  @Override
  public int prune(LocalDate day) {
    int pruned = 0;
    for (String batch : PRUNE) {
      pruned += database.deleteAll(batch, day);
    }
    return pruned;
  }

  /// Of an account that does not exist, nothing.
  private static Account accountIn(ResultSet row) throws SQLException {
    return new Account(
        spending(row, "spent_tokens", "spent_micros"),
        spending(row, "reserved_tokens", "reserved_micros"));
  }

  private static Allowance ownIn(ResultSet row) throws SQLException {
    Long micros = (Long) row.getObject("own_micros");
    return new Allowance(
        (Long) row.getObject("own_tokens"), micros == null ? null : new Money(micros));
  }

  private static Spending spending(ResultSet row, String tokens, String micros)
      throws SQLException {
    return new Spending(row.getLong(tokens), new Money(row.getLong(micros)));
  }
}
