package dev.errand.postgres;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Mistakes in our SQL, each made by putting one text in place of another on its way to the
/// database, or in the function that claims.
enum PlantedSqlBug {
  AN_END_NEEDS_NO_TOKEN(
      "PostgresOutcomes.END",
      "AND open_tasks.lease_token = given.token",
      "AND open_tasks.lease_token IS NOT NULL"),
  EVENTS_NEED_NO_TOKEN(
      "PostgresLeases.APPEND",
      "WHERE task_id = ? AND lease_token = ? RETURNING task_id, events",
      "WHERE task_id = ? AND (lease_token = ? OR true) RETURNING task_id, events"),
  A_STEP_NEEDS_NO_TOKEN(
      "PostgresLeases.FINISH_STEP",
      "WHERE task_id = ? AND lease_token = ? FOR UPDATE), step",
      "WHERE task_id = ? AND (lease_token = ? OR true) FOR UPDATE), step"),
  A_FINISHED_STEP_CHANGES_ITS_VALUE(
      "PostgresLeases.FINISH_STEP",
      "FROM held ON CONFLICT DO NOTHING)",
      "FROM held ON CONFLICT (task_id, name) DO UPDATE SET value = excluded.value)"),
  A_CANCELLED_TASK_GOES_BACK(
      "PostgresOutcomes.GIVE_BACK",
      "AND o.lease_token = ? AND NOT o.cancel_requested",
      "AND o.lease_token = ?"),
  LOSSES_ARE_NOT_COUNTED("PostgresRescue.RESCUE", "losses = losses + 1", "losses = losses"),
  SILENT_WORKERS_LIVE_FOR_EVER(
      "PostgresRescue.DECLARE_DEAD", "WHEN expires_at < now() THEN true", "WHEN false THEN true"),
  ENDED_SESSIONS_ARE_NOT_MISSED(
      "PostgresRescue.DECLARE_DEAD",
      "WHEN heartbeat_at NOT BETWEEN now() - interval '1.3 seconds' AND now() + interval '1 second'",
      "WHEN false"),
  A_RETRY_IS_NOT_IN_LINE(
      "PostgresTasks.RETRY",
      "rank_in_line(now(), priority), attempt, started_at, events + 1",
      "NULL, attempt, started_at, events + 1"),
  OTHERS_TASKS_ARE_RETRIED(
      "PostgresTasks.RETRY_FAILED",
      "AND owner = coalesce(?, owner)",
      "AND (owner = coalesce(?, owner) OR true)"),
  A_BATCH_IS_STORED_IN_PART(
      "PostgresSubmissions.WITH_FRESH_KEY",
      "WHERE coalesce(batch_id, id) NOT IN (SELECT id FROM refused)",
      "WHERE NOT (key IS NOT NULL AND coalesce(batch_id, id) IN (SELECT id FROM refused))"),
  A_CLAIM_WITHOUT_ANSWER_IS_FORGOTTEN(
      "PostgresSession.CLAIMED",
      "left(lease_token::text, 18) = left(?::text, 18)",
      "left(lease_token::text, 18) = left(?::text, 18) AND false"),
  DEAD_WORKERS_LEASE("PostgresHold.LEASE", "WHERE id = ? AND ended_at IS NULL)", "WHERE id = ?)"),
  A_BUDGET_IS_SETTLED_TWICE(
      "PostgresBudgets.SETTLE", "(settled_at IS NULL OR (assumed AND NOT ?))", "(NOT ? OR true)"),
  MONEY_IS_RESERVED_WITHOUT_A_LEASE(
      "PostgresBudgets.RESERVE",
      "WHERE o.task_id = asked.task_id AND o.lease_token = asked.lease_token)",
      "WHERE o.task_id = asked.task_id)"),
  ABANDONED_MONEY_STAYS_RESERVED(
      "PostgresBudgets.ABANDONED",
      "WHERE settled_at IS NULL AND NOT EXISTS",
      "WHERE false AND NOT EXISTS"),
  A_MINUTE_HAS_NO_END(
      "PostgresRates.TAKE",
      "CASE WHEN over THEN 0 ELSE r.taken END",
      "CASE WHEN over THEN r.taken ELSE r.taken END"),
  A_DUE_MOMENT_COMES_AGAIN(
      "PostgresSchedules.DECIDE",
      "SET next_at = given.next_at, look_at = given.next_at",
      "SET look_at = now()"),
  A_FIRED_MOMENT_STILL_WAITS(
      "PostgresSchedules.SUBMITTED", "SET status = 'submitted', task_id", "SET task_id"),
  A_PAUSED_SCHEDULE_STILL_FIRES(
      "PostgresSchedules.SKIP_WAITING",
      "AND status = 'waiting' AND NOT triggered",
      "AND status = 'waiting' AND triggered"),
  TASKS_ARE_PRUNED_TOO_EARLY(
      "PruningPass.OVER",
      "t.finished_at < now() - ? * interval '1 second'",
      "t.finished_at < now() - ? * interval '0 seconds'"),
  /// Which the model test cannot see: nobody waits in it.
  A_NOTIFICATION_IS_LOST("PostgresSignals.send", "SELECT pg_notify(?, ?)", "SELECT ?, ?"),
  A_LIMIT_IS_COUNTED_WITHOUT_A_LOCK(
      null, "IF pg_try_advisory_xact_lock(1163022929, hashtext(lanes.queue)) THEN", "IF true THEN"),
  A_KEY_IS_COUNTED_WITHOUT_A_LOCK(
      null, "CONTINUE WHEN NOT pg_try_advisory_xact_lock(1163022930, hashint8(lanes.lane));", ""),
  HELD_TASKS_ARE_HELD_TWICE(
      null,
      "LIMIT least(share, most - given, room, one.key_room) FOR UPDATE SKIP LOCKED",
      "LIMIT least(share, most - given, room, one.key_room)"),
  A_DUE_TASK_GETS_NO_RANK(null, "SET rank = rank_in_line(o.due_at, o.priority)", "SET rank = NULL"),
  A_PAUSED_QUEUE_IS_CLAIMED_FROM(null, "IF known.paused OR room <= 0", "IF room <= 0"),
  DEAD_WORKERS_CLAIM(null, "w.id = worker AND w.ended_at IS NULL", "w.id = worker"),
  LOW_RANKS_GO_FIRST(null, "ORDER BY o.rank, o.task_id", "ORDER BY o.rank DESC, o.task_id");

  private final @Nullable String statement;
  private final Pattern right;
  private final String wrong;

  /// @param statement where the text is; absent for the function `hold_next_tasks`
  /// @param right is found whatever spaces and line breaks are in it
  PlantedSqlBug(@Nullable String statement, String right, String wrong) {
    this.statement = statement;
    this.right =
        Pattern.compile(
            Stream.of(right.strip().split("\\s+", -1))
                .map(Pattern::quote)
                .collect(Collectors.joining("\\s+")));
    this.wrong = wrong;
  }

  /// Where it is planted.
  String place() {
    return statement == null ? "hold_next_tasks" : statement;
  }

  boolean inFunction() {
    return statement == null;
  }

  String plantedIn(String sql) {
    return right.matcher(sql).replaceAll(Matcher.quoteReplacement(wrong));
  }

  /// Connections on which statements have this bug.
  UnaryOperator<DataSource> planted() {
    return statement == null
        ? UnaryOperator.identity()
        : connections -> wrapped(DataSource.class, connections);
  }

  private <T> T wrapped(Class<T> type, Object inner) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> {
              if (method.getName().equals("prepareStatement")) {
                arguments[0] = plantedIn((String) arguments[0]);
              }
              try {
                Object answer = method.invoke(inner, arguments);
                return answer instanceof Connection connection && !method.getName().equals("unwrap")
                    ? wrapped(Connection.class, connection)
                    : answer;
              } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
              }
            }));
  }
}
