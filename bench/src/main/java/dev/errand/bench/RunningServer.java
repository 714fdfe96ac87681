package dev.errand.bench;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A server in a process of its own, until it is closed.
///
/// @param untilHealthy from the command to the first good answer of `/health`
record RunningServer(Process process, String url, Path data, Duration untilHealthy)
    implements AutoCloseable {
  private static final Pattern URL = Pattern.compile("\"url\" *: *\"([^\"]+)\"");
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int OK = 200;

  static RunningServer awaited(Process process, Path data, long begin)
      throws IOException, InterruptedException {
    while (System.nanoTime() - begin < PATIENCE.toNanos() && process.isAlive()) {
      String url = url(data.resolve("server.json"));
      if (!url.isEmpty() && healthy(url)) {
        Duration time = Duration.ofNanos(System.nanoTime() - begin);
        return new RunningServer(process, url, data, time);
      }
      process.waitFor(5, TimeUnit.MILLISECONDS);
    }
    process.destroy();
    throw new IllegalStateException("The server did not become healthy");
  }

  private static String url(Path note) throws IOException {
    if (!Files.exists(note)) {
      return "";
    }
    Matcher url = URL.matcher(Files.readString(note));
    return url.find() ? url.group(1) : "";
  }

  private static boolean healthy(String url) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) URI.create(url + "/health").toURL().openConnection();
      return connection.getResponseCode() == OK;
    } catch (IOException _) {
      return false;
    }
  }

  String token() throws IOException {
    return Files.readString(data.resolve("token")).strip();
  }

  /// Main memory of the server and all processes below it, shared pages counted once, in MB; only
  /// on Linux.
  double megabytes() throws IOException {
    double kilobytes = proportional(process.toHandle());
    for (ProcessHandle child : process.descendants().toList()) {
      kilobytes += proportional(child);
    }
    return kilobytes / 1024;
  }

  private static double proportional(ProcessHandle process) throws IOException {
    Path memory = Path.of("/proc", String.valueOf(process.pid()), "smaps_rollup");
    try {
      for (String line : Files.readAllLines(memory)) {
        if (line.startsWith("Pss:")) {
          return Double.parseDouble(line.replaceAll("[^0-9]", ""));
        }
      }
    } catch (NoSuchFileException _) {
      // It has ended.
    }
    return 0;
  }

  /// Stops the server in good order.
  @Override
  public void close() throws IOException {
    process.destroy();
    process.onExit().join();
  }
}
