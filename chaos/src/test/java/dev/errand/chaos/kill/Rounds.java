package dev.errand.chaos.kill;

import dev.errand.chaos.audit.Audit;
import dev.errand.chaos.audit.Finding;
import dev.errand.chaos.audit.Ledger;
import dev.errand.chaos.audit.Ledger.Order;
import dev.errand.chaos.audit.TaskRecord;
import dev.errand.chaos.kill.Stage.Seat;
import dev.errand.chaos.kill.Stage.Setting;
import dev.errand.chaos.node.Launcher;
import dev.errand.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Round after round, callers submit while a fault is injected; at the end everything may finish.
final class Rounds {
  /// Short enough that a process which was paused comes back too late.
  private static final Duration LEASE = Duration.ofSeconds(2);

  private static final int IN_ONE_SETTING = 10;
  private static final int SAID_EVERY = 20;
  private static final Duration PEACE = Duration.ofMillis(2_500);
  private static final String LIVING = "SELECT count(*) FROM workers WHERE ended_at IS NULL";
  private static final Duration LONGEST_SETTLING = Duration.ofSeconds(90);

  private final long seed;
  private final int rounds;
  private final Path folder;
  private final Ledger ledger = new Ledger();
  private final Tally faults = new Tally();
  private final List<Thread> submitting = new ArrayList<>();

  Rounds(long seed, int rounds, Path folder) {
    this.seed = seed;
    this.rounds = rounds;
    this.folder = folder;
  }

  Report play() throws Exception {
    Instant begin = Instant.now();
    Launcher launcher = Launcher.in(folder, LEASE);
    try (Stage stage = new Stage(launcher)) {
      Callers callers = new Callers(stage.folder(Seat.FRONT).resolve("token"), ledger);
      for (int round = 1; round <= rounds; round++) {
        playNamed(round, stage, callers);
        if (round % SAID_EVERY == 0) {
          say("%d rounds in %s".formatted(round, Duration.between(begin, Instant.now())));
        }
      }
      settle(stage, callers);
      stage.endServers();
      List<TaskRecord> records = read(stage, launcher);
      List<Finding> findings = new ArrayList<>(Audit.of(ledger, records));
      findings.addAll(leftOver(stage));
      Duration took = Duration.between(begin, Instant.now());
      return new Report(seed, rounds, took, faults, ledger, records, findings);
    }
  }

  private void playNamed(int round, Stage stage, Callers callers) {
    try {
      play(round, stage, callers);
    } catch (Exception | AssertionError e) {
      throw new AssertionError("Round %d of seed %d: %s".formatted(round, seed, e), e);
    }
  }

  private static void say(String what) {
    System.out.println("KillTest: " + what);
  }

  private void play(int round, Stage stage, Callers callers)
      throws IOException, InterruptedException {
    SplittableRandom random = new SplittableRandom(seed * 1_000_003 + round);
    stage.change(setting(round));
    stage.fill();
    submitting.addAll(
        callers.submit(orders(round, random), stage.server(Seat.FRONT), random.split()));
    awaitAnyMoment(stage, random);
    ProcessFault fault = ProcessFault.any(setting(round), random);
    faults.add(fault);
    ledger.disturbed();
    fault.inject(stage, random, ledger);
    if (setting(round) == Setting.PAIR && random.nextInt(3) == 0) {
      // Time enough for the other server to take over.
      Thread.sleep(PEACE);
    }
  }

  private static Setting setting(int round) {
    return (round - 1) / IN_ONE_SETTING % 2 == 0 ? Setting.ALONE : Setting.PAIR;
  }

  /// New ones, those that nobody answered, and now and then one that was answered before.
  private List<Order> orders(int round, SplittableRandom random) {
    List<Order> orders = new ArrayList<>(ledger.unanswered());
    List<Order> known = List.copyOf(ledger.orders());
    if (!known.isEmpty()) {
      orders.add(known.get(random.nextInt(known.size())));
    }
    int fresh = 5 + random.nextInt(20);
    for (int i = 0; i < fresh; i++) {
      Order order = new Order("round-%d-%d".formatted(round, i), walk(random));
      ledger.ordered(order);
      orders.add(order);
    }
    return orders;
  }

  /// Most are quick; some take long enough to be overtaken by another attempt.
  private static String walk(SplittableRandom random) {
    int slowest = List.of(20, 150, 400).get(random.nextInt(3));
    String steps =
        IntStream.range(0, 3 + random.nextInt(4))
            .mapToObj(_ -> String.valueOf(1 + random.nextInt(slowest)))
            .collect(Collectors.joining(","));
    return "{\"type\":\"walk\",\"params\":{\"steps\":[%s],\"stubborn\":%s,\"stumbles\":false}}"
        .formatted(steps, random.nextBoolean());
  }

  /// Some moment of a start, or some moment of the time after it.
  private static void awaitAnyMoment(Stage stage, SplittableRandom random)
      throws IOException, InterruptedException {
    if (random.nextInt(10) < 7) {
      // Empty when the start fails, as it may when its database had a fault.
      stage.server(Seat.FRONT).url();
    }
    Thread.sleep(random.nextInt(1_000));
  }

  /// Lets everything that was accepted end, and every caller hear an answer.
  private void settle(Stage stage, Callers callers) throws Exception {
    stage.change(Setting.PAIR);
    Instant deadline = Instant.now().plus(LONGEST_SETTLING);
    do {
      stage.fill();
      stage.server(Seat.FRONT).awaitReady();
      for (Thread caller : submitting) {
        caller.join();
      }
      submitting.clear();
      submitting.addAll(
          callers.submit(
              ledger.unanswered(), stage.server(Seat.FRONT), new SplittableRandom(seed)));
      Thread.sleep(100);
    } while (unsettled(stage) && Instant.now().isBefore(deadline));
  }

  private boolean unsettled(Stage stage) throws SQLException {
    return !ledger.unanswered().isEmpty()
        || count(stage, "SELECT count(*) FROM open_tasks") > 0
        || count(stage, LIVING) != 2
        || count(stage, LIVING + " AND name IN (%s)".formatted(names(stage))) != 2;
  }

  /// Of the workers that live; the others must have been declared dead before nobody is left to.
  private static String names(Stage stage) {
    return Stream.of(Seat.values())
        .map(seat -> "'pid %d'".formatted(stage.server(seat).pid()))
        .collect(Collectors.joining(","));
  }

  /// What should be gone when everything has ended and every server has said goodbye.
  private List<Finding> leftOver(Stage stage) throws SQLException {
    List<Finding> left = new ArrayList<>();
    ledger.unanswered().forEach(order -> left.add(leftOver("nobody answered " + order)));
    int open = count(stage, "SELECT count(*) FROM open_tasks");
    int workers = count(stage, LIVING);
    if (open + workers > 0) {
      left.add(leftOver("%d open tasks, %d workers".formatted(open, workers)));
    }
    return left;
  }

  private static Finding leftOver(String what) {
    return new Finding(Finding.Kind.LEFT_OVER, what, Optional.empty());
  }

  private static int count(Stage stage, String sql) throws SQLException {
    try (Connection connection = connect(stage.database());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getInt(1);
    }
  }

  private static List<TaskRecord> read(Stage stage, Launcher launcher)
      throws SQLException, IOException {
    try (Connection connection = connect(stage.database())) {
      return TaskRecord.all(connection, launcher.footprints().all());
    }
  }

  private static Connection connect(EmbeddedPostgres database) throws SQLException {
    return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
  }
}
