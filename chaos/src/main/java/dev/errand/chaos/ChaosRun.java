package dev.errand.chaos;

import dev.errand.chaos.Fault.Injection;
import dev.errand.chaos.audit.Audit;
import dev.errand.chaos.audit.Finding;
import dev.errand.chaos.audit.Finding.Kind;
import dev.errand.chaos.audit.Ledger;
import dev.errand.chaos.audit.TaskRecord;
import dev.errand.chaos.node.Launcher;
import dev.errand.engine.worker.WorkerConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/// Injects fault after fault while callers submit; then everything may end, and is counted.
final class ChaosRun {
  /// Longer than lost tasks may wait, so that each fault is seen for itself.
  private static final Duration PEACE = Duration.ofMillis(2_500);

  private static final int MORE_PEACE_MILLIS = 1_500;
  private static final Duration LONGEST_SETTLING = Duration.ofMinutes(2);

  private final Plan plan;
  private final Path folder;
  private final Screen screen = new Screen();
  private final Ledger ledger = new Ledger();
  private final List<Injection> injections = new ArrayList<>();
  private final Instant begin = Instant.now();

  ChaosRun(Plan plan, Path folder) {
    this.plan = plan;
    this.folder = folder;
  }

  /// @param machine what it runs on, for the heading
  Summary play(String machine) throws Exception {
    say("starting PostgreSQL and four nodes");
    Launcher launcher = Launcher.in(folder, WorkerConfig.DEFAULTS.leaseFor());
    try (Deployment deployment = Deployment.start(launcher)) {
      Followers followers = new Followers(deployment);
      Load load = new Load(deployment, ledger, followers, plan);
      try {
        load.start();
        Instant first = Instant.now();
        injectFaults(deployment);
        Duration took = Duration.between(first, Instant.now());
        load.enough();
        settle(deployment, load, followers);
        List<Finding> findings = new ArrayList<>(leftOver(deployment, load, followers));
        load.stop();
        followers.stop();
        deployment.endNodes();
        say("comparing what was promised with what came of it");
        List<TaskRecord> records = read(deployment, launcher);
        findings.addAll(Audit.of(ledger, records));
        findings.addAll(followers.findings(records));
        return new Summary(
            plan,
            took,
            machine,
            deployment.whyNoDisk(),
            injections,
            ledger,
            followers.followed(),
            records,
            findings);
      } finally {
        load.stop();
        followers.stop();
      }
    } finally {
      screen.end();
    }
  }

  private void say(String what) {
    screen.now(Duration.between(begin, Instant.now()), what);
  }

  private void injectFaults(Deployment deployment) throws IOException, InterruptedException {
    Random random = new Random(plan.seed());
    Deque<Fault> deck = new ArrayDeque<>();
    Instant end = Instant.now().plus(plan.time());
    rest(random);
    while (injections.size() < plan.faults() && Instant.now().isBefore(end)) {
      if (deck.isEmpty()) {
        deck.addAll(Fault.deck(deployment.disk().isPresent(), random));
      }
      Fault fault = deck.pop();
      say("%d accepted, fault %d: %s".formatted(accepted(), injections.size() + 1, fault.what()));
      Injection injection =
          fault.inject(deployment, new Random(random.nextLong()), ledger::drained);
      injections.add(injection);
      Instant over = Instant.now();
      deployment.awaitReady();
      Duration waited = Duration.between(over, Instant.now());
      if (waited.compareTo(PEACE) < 0) {
        TimeUnit.MILLISECONDS.sleep(PEACE.minus(waited).toMillis());
      }
      rest(random);
    }
  }

  private static void rest(Random random) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(random.nextInt(MORE_PEACE_MILLIS));
  }

  private int accepted() {
    return ledger.promises().size();
  }

  /// Lets everything that was accepted end, and every caller and follower hear an answer.
  private void settle(Deployment deployment, Load load, Followers followers)
      throws IOException, InterruptedException {
    Instant deadline = Instant.now().plus(LONGEST_SETTLING);
    deployment.awaitReady();
    while (Instant.now().isBefore(deadline)) {
      int open = open(deployment);
      if (load.answered() && open == 0 && followers.done()) {
        return;
      }
      say("%d accepted, letting the last ones end".formatted(accepted()));
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  private static int open(Deployment deployment) {
    try (Connection connection = deployment.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM open_tasks")) {
      row.next();
      return row.getInt(1);
    } catch (SQLException _) {
      return Integer.MAX_VALUE; // nobody knows just now
    }
  }

  private List<Finding> leftOver(Deployment deployment, Load load, Followers followers) {
    List<Finding> left = new ArrayList<>();
    if (!load.answered()) {
      left.add(leftOver("callers still wait for an answer to " + ledger.unanswered()));
    }
    if (!followers.done()) {
      left.add(leftOver("followers still wait for the end of tasks"));
    }
    int open = open(deployment);
    if (open > 0) {
      left.add(leftOver(open + " tasks are still open"));
    }
    return left;
  }

  private static Finding leftOver(String what) {
    return new Finding(Kind.LEFT_OVER, what, Optional.empty());
  }

  private static List<TaskRecord> read(Deployment deployment, Launcher launcher)
      throws SQLException, IOException {
    try (Connection connection = deployment.connect()) {
      return TaskRecord.all(connection, launcher.footprints().all());
    }
  }
}
