package dev.errand.postgres.embedded;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Looks at running servers from outside.
final class Servers {
  private Servers() {}

  static long postmaster(Path directory) throws IOException {
    return PidFile.read(Cluster.dataIn(directory)).orElseThrow().pid();
  }

  /// The processes that serve a directory.
  static List<Long> serving(Path directory) throws IOException {
    return new Leftovers(Cluster.dataIn(directory)).living();
  }

  /// Whether it still runs; a process that nobody has buried yet does not.
  static boolean runs(long pid) {
    return Files.isReadable(Path.of("/proc", String.valueOf(pid), "exe"));
  }

  /// A process that has nothing to do with PostgreSQL, of the account that owns `data`.
  static Process strangerOfTheAccountOwning(Path data) throws IOException {
    int uid = (int) Files.getAttribute(data, "unix:uid");
    return weAreRoot()
        ? new ProcessBuilder("setpriv", "--reuid=" + uid, "cat").start()
        : new ProcessBuilder("cat").start();
  }

  static boolean weAreRoot() throws IOException {
    return owner(ProcessHandle.current().pid()) == Account.ROOT;
  }

  static int owner(long pid) throws IOException {
    return Integer.parseInt(status(pid, "Uid:").split("\\s+", -1)[0]);
  }

  static int capabilities(long pid) throws IOException {
    return new BigInteger(status(pid, "CapEff:"), 16).intValue();
  }

  static long session(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
    return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[3]);
  }

  static void signal(String signal, long pid) throws IOException, InterruptedException {
    new ProcessBuilder("sh", "-c", "kill -s %s %d".formatted(signal, pid)).start().waitFor();
  }

  private static String status(long pid, String key) throws IOException {
    try (var lines = Files.lines(Path.of("/proc", String.valueOf(pid), "status"))) {
      return lines
          .filter(line -> line.startsWith(key))
          .findFirst()
          .orElseThrow()
          .substring(key.length())
          .strip();
    }
  }
}
