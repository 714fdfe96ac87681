package dev.errand.chaos.kill;

import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// Servers are killed at random moments; then all that was promised is counted.
///
/// `-Derrand.kill.rounds` says how often (200 take about seven minutes), and `-Derrand.kill.seed`
/// repeats the faults of an earlier run (their effects depend on the moment, too).
class KillTest {
  private final int rounds = Integer.getInteger("errand.kill.rounds", 60);
  private final long seed = Long.getLong("errand.kill.seed", System.nanoTime());

  @Test
  @Timeout(value = 1, unit = TimeUnit.HOURS)
  void no_kill_at_any_moment_loses_repeats_or_mixes_up_what_was_accepted(
      @TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
    Report report = new Rounds(seed, rounds, folder).play();
    System.out.println(report.line());
    Files.writeString(folder.resolve("findings.txt"), report.toString());
    if (!report.broken().isEmpty()) {
      fail(report.toString());
    }
  }
}
