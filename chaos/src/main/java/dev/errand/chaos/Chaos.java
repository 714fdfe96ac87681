package dev.errand.chaos;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/// `errand chaos`: injects faults into real processes and counts what they promised; leaves nothing
/// behind but what it found wrong.
public final class Chaos {
  private static final int CLEAN_UP_SECONDS = 60;

  private Chaos() {}

  public static void main(String[] arguments) throws Exception {
    List<String> words = List.of(arguments);
    try {
      System.exit(run(Plan.of(words)) ? 0 : 1);
    } catch (Plan.Misunderstood e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
  }

  private static boolean run(Plan plan) throws Exception {
    keepQuiet();
    Path folder = Files.createTempDirectory("errand-chaos");
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(stop(Thread.currentThread(), ended));
    boolean keep = false;
    try {
      Summary summary = new ChaosRun(plan, folder).play(machine());
      System.out.print(summary);
      keep = !summary.good();
      if (keep) {
        Files.writeString(folder.resolve("findings.txt"), summary.details());
      }
      return summary.good();
    } catch (InterruptedException _) {
      System.err.println("Stopped.");
      return false;
    } catch (Exception | Error e) {
      keep = true;
      throw e;
    } finally {
      if (keep) {
        System.out.printf("%nWhat was found, and what the servers said, is in %s%n", folder);
      } else {
        delete(folder);
      }
      ended.countDown();
    }
  }

  /// That PostgreSQL is started again is no news here.
  private static void keepQuiet() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      context.getLogger("dev.errand").setLevel(Level.OFF);
    }
  }

  private static Thread stop(Thread running, CountDownLatch ended) {
    return new Thread(() -> {
      running.interrupt();
      try {
        ended.await(CLEAN_UP_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException _) {
        // The system shuts down.
      }
    });
  }

  private static String machine() {
    return String.format(
        Locale.ROOT,
        "%s %s, %d processors, Java %s",
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors(),
        Runtime.version());
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
