package dev.errand.bench;

import dev.errand.bench.peer.Client;
import dev.errand.bench.peer.Clients;
import dev.errand.bench.peer.Contestant;
import dev.errand.bench.peer.Postgres;
import dev.errand.bench.peer.client.Pace;
import dev.errand.bench.peer.client.Role;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Whether the queue stays as fast and as small as it is, when producers and a worker do what they
/// can for a long time: 16 threads submit, one task a call, and a worker in a process of its own
/// works them off.
final class EnduranceBenchmark {
  private static final double MOST_DRIFT_PERCENT = 10;

  private static final Duration USUAL = Duration.ofMinutes(20);

  /// Until the compilers are done.
  private static final Duration WARM_UP = Duration.ofMinutes(1);

  private static final Duration STRETCH = Duration.ofSeconds(30);
  private static final int MORE_THAN_CAN_BE = 1_000_000_000;
  private static final int NONE_COUNTED = 1;
  private static final double MEGABYTE = 1024 * 1024;

  /// By PostgreSQL's own counts. Every task is a row of `open_tasks` until it ends.
  private static final String LOOK =
      """
      SELECT n_tup_del, n_tup_ins - n_tup_del, n_dead_tup, pg_table_size('open_tasks'),
             pg_indexes_size('open_tasks')
        FROM pg_stat_user_tables WHERE relname = 'open_tasks'
      """;

  private final Duration time;
  private final Postgres postgres;
  private final Clients clients;

  EnduranceBenchmark(Duration time, Postgres postgres, Clients clients) {
    this.time = time;
    this.postgres = postgres;
    this.clients = clients;
  }

  /// @param words `[--minutes N]`
  static Duration time(List<String> words) {
    if (words.isEmpty()) {
      return USUAL;
    }
    if (words.size() != 2
        || !words.getFirst().equals("--minutes")
        || !words.getLast().matches("[1-9]\\d{0,3}")) {
      Bench.misunderstood(words);
    }
    return Duration.ofMinutes(Integer.parseInt(words.getLast()));
  }

  /// @param ended tasks so far
  /// @param open tasks that wait or run
  /// @param dead rows of tasks that have ended, not yet cleaned up
  /// @param rows bytes of the table of open tasks
  /// @param indexes bytes of its indexes
  private record Look(long nanos, long ended, long open, long dead, long rows, long indexes) {
    double perSecondSince(Look earlier) {
      return (ended - earlier.ended) / ((nanos - earlier.nanos) / 1e9);
    }

    double megabytes() {
      return (rows + indexes) / MEGABYTE;
    }
  }

  void run(Report report) throws Exception {
    postgres.empty(Contestant.ERRAND);
    try (Client worker = start("errand", Role.WORK, NONE_COUNTED);
        Client producer = start("errand-others", Role.PRODUCE, MORE_THAN_CAN_BE);
        Connection session = postgres.session()) {
      worker.await("ready");
      producer.await("producer-ready");
      producer.tell("go");
      Thread.sleep(WARM_UP);
      report(report, looks(session));
      worker.kill();
      producer.kill();
    }
  }

  private Client start(String queue, Role role, int jobs) throws Exception {
    return clients.errand(queue, role, Pace.SINGLE, jobs, 0, postgres);
  }

  private List<Look> looks(Connection session) throws Exception {
    List<Look> looks = new ArrayList<>(List.of(look(session)));
    long begin = System.nanoTime();
    while (looks.getLast().nanos() - begin < time.toNanos()) {
      Thread.sleep(STRETCH);
      Look before = looks.getLast();
      looks.add(look(session));
      Look now = looks.getLast();
      System.out.printf(
          "%5d s  %,7.0f a second  open %,9d  dead %,9d  table and indexes %,6.0f MB%n",
          Duration.ofNanos(now.nanos() - begin).toSeconds(),
          now.perSecondSince(before),
          Math.max(0, now.open()), // the two counts are not told at the same time
          now.dead(),
          now.megabytes());
    }
    return looks;
  }

  private static Look look(Connection session) throws SQLException {
    try (Statement statement = session.createStatement();
        ResultSet row = statement.executeQuery(LOOK)) {
      row.next();
      return new Look(
          System.nanoTime(),
          row.getLong(1),
          row.getLong(2),
          row.getLong(3),
          row.getLong(4),
          row.getLong(5));
    }
  }

  private static void report(Report report, List<Look> looks) {
    int quarter = Math.max(1, (looks.size() - 1) / 4);
    Look first = looks.getFirst();
    Look last = looks.getLast();
    double early = looks.get(quarter).perSecondSince(first);
    double late = last.perSecondSince(looks.get(looks.size() - 1 - quarter));
    report.alone("tasks ended", "", (double) (last.ended() - first.ended()));
    report.alone("a second, first quarter", "/s", early);
    report.alone("a second, last quarter", "/s", late);
    report.atMost(
        MOST_DRIFT_PERCENT,
        "%",
        "slower in the last quarter by",
        Samples.once(100 * (early - late) / early));
    report.alone("open tasks, table and indexes, at first", "MB", looks.get(quarter).megabytes());
    report.alone("open tasks, table and indexes, at last", "MB", last.megabytes());
  }
}
