package dev.errand.chaos;

import dev.errand.chaos.Strike.Blow;
import dev.errand.chaos.audit.Audit;
import dev.errand.chaos.audit.Finding;
import dev.errand.chaos.audit.Finding.Kind;
import dev.errand.chaos.audit.History;
import dev.errand.chaos.audit.Ledger;
import dev.errand.chaos.node.Java;
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

/// Strikes again and again while callers submit; then everything may end, and is counted.
final class Run {
  /// Longer than lost tasks may wait, so that each strike is seen for itself.
  private static final Duration PEACE = Duration.ofMillis(2_500);

  private static final int MORE_PEACE_MILLIS = 1_500;
  private static final Duration LONGEST_SETTLING = Duration.ofMinutes(2);

  private final Plan plan;
  private final Path folder;
  private final Screen screen = new Screen();
  private final Ledger ledger = new Ledger();
  private final List<Blow> blows = new ArrayList<>();
  private final Instant begin = Instant.now();

  Run(Plan plan, Path folder) {
    this.plan = plan;
    this.folder = folder;
  }

  /// @param machine what it runs on, for the heading
  Summary play(String machine) throws Exception {
    say("starting PostgreSQL and four nodes");
    Java java = Java.in(folder, WorkerConfig.DEFAULTS.leaseFor());
    try (Cast cast = Cast.start(java)) {
      Followers followers = new Followers(cast);
      Load load = new Load(cast, ledger, followers, plan);
      try {
        load.start();
        Instant first = Instant.now();
        strike(cast);
        Duration took = Duration.between(first, Instant.now());
        load.enough();
        settle(cast, load, followers);
        List<Finding> findings = new ArrayList<>(leftOver(cast, load, followers));
        load.stop();
        followers.stop();
        cast.endNodes();
        say("comparing what was promised with what came of it");
        List<History> histories = read(cast, java);
        findings.addAll(Audit.of(ledger, histories));
        findings.addAll(followers.findings(histories));
        return new Summary(
            plan,
            took,
            machine,
            cast.whyNoDisk(),
            blows,
            ledger,
            followers.followed(),
            histories,
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

  private void strike(Cast cast) throws IOException, InterruptedException {
    Random random = new Random(plan.seed());
    Deque<Strike> deck = new ArrayDeque<>();
    Instant end = Instant.now().plus(plan.time());
    rest(random);
    while (blows.size() < plan.strikes() && Instant.now().isBefore(end)) {
      if (deck.isEmpty()) {
        deck.addAll(Strike.deck(cast.disk().isPresent(), random));
      }
      Strike strike = deck.pop();
      say("%d accepted, strike %d: %s".formatted(accepted(), blows.size() + 1, strike.what()));
      Blow blow = strike.on(cast, new Random(random.nextLong()), ledger::drained);
      blows.add(blow);
      Instant over = Instant.now();
      cast.awaitReady();
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
  private void settle(Cast cast, Load load, Followers followers)
      throws IOException, InterruptedException {
    Instant deadline = Instant.now().plus(LONGEST_SETTLING);
    cast.awaitReady();
    while (Instant.now().isBefore(deadline)) {
      int open = open(cast);
      if (load.answered() && open == 0 && followers.done()) {
        return;
      }
      say("%d accepted, letting the last ones end".formatted(accepted()));
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  private static int open(Cast cast) {
    try (Connection connection = cast.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM open_tasks")) {
      row.next();
      return row.getInt(1);
    } catch (SQLException _) {
      return Integer.MAX_VALUE; // nobody knows just now
    }
  }

  private List<Finding> leftOver(Cast cast, Load load, Followers followers) {
    List<Finding> left = new ArrayList<>();
    if (!load.answered()) {
      left.add(leftOver("callers still wait for an answer to " + ledger.unanswered()));
    }
    if (!followers.done()) {
      left.add(leftOver("followers still wait for the end of tasks"));
    }
    int open = open(cast);
    if (open > 0) {
      left.add(leftOver(open + " tasks are still open"));
    }
    return left;
  }

  private static Finding leftOver(String what) {
    return new Finding(Kind.LEFT_OVER, what, Optional.empty());
  }

  private static List<History> read(Cast cast, Java java) throws SQLException, IOException {
    try (Connection connection = cast.connect()) {
      return History.all(connection, java.footprints().all());
    }
  }
}
