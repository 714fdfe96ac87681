package dev.errand.bench.peer;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// What the processes of this machine have used so far, from `/proc`; empty where there is none.
///
/// @param byPid every process
/// @param busyMillis processor time of the whole machine
public record Processes(Map<Long, Usage> byPid, double busyMillis, long nanos) {
  private static final Path PROC = Path.of("/proc");
  private static final double MILLIS_PER_TICK = 10;

  public Processes {
    byPid = Map.copyOf(byPid);
  }

  /// @param endedChildren what children used that have ended
  record Usage(long parent, double ownMillis, double endedChildren) {}

  public static Processes now() {
    Map<Long, Usage> byPid = new HashMap<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path folder : folders) {
        usage(folder).ifPresent(usage -> byPid.put(pid(folder), usage));
      }
      return new Processes(byPid, busy(), System.nanoTime());
    } catch (IOException _) {
      return new Processes(Map.of(), 0, System.nanoTime());
    }
  }

  private static long pid(Path folder) {
    return Long.parseLong(folder.getFileName().toString());
  }

  /// Empty for a process that has ended.
  private static Optional<Usage> usage(Path folder) {
    try {
      String stat = Files.readString(folder.resolve("stat"));
      // The name, in parentheses, may hold anything.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      double own = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
      double ended = Long.parseLong(fields[13]) + Long.parseLong(fields[14]);
      return Optional.of(
          new Usage(Long.parseLong(fields[1]), own * MILLIS_PER_TICK, ended * MILLIS_PER_TICK));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private static double busy() throws IOException {
    try (var lines = Files.lines(PROC.resolve("stat"))) {
      List<String> words = Arrays.asList(lines.findFirst().orElseThrow().trim().split(" +", -1));
      double ticks = 0;
      // user, nice, system, irq, softirq, and what a virtual machine was promised and did not get
      for (int field : List.of(1, 2, 3, 6, 7, 8)) {
        ticks += Long.parseLong(words.get(field));
      }
      return ticks * MILLIS_PER_TICK;
    }
  }

  /// Processor time of a process and of all below it.
  public double tree(long root) {
    Usage usage = byPid.get(root);
    if (usage == null) {
      return 0;
    }
    double millis = usage.ownMillis() + usage.endedChildren();
    for (Map.Entry<Long, Usage> child : byPid.entrySet()) {
      if (child.getValue().parent() == root) {
        millis += tree(child.getKey());
      }
    }
    return millis;
  }

  boolean known() {
    return !byPid.isEmpty();
  }

  /// The share of all processors that others than `root` and those below it had since `earlier`;
  /// some of it is the kernel's own work for us.
  double foreignShare(Processes earlier, long root) {
    double ours = tree(root) - earlier.tree(root);
    double all = (nanos - earlier.nanos) / 1e6 * Runtime.getRuntime().availableProcessors();
    return Math.max(0, (busyMillis - earlier.busyMillis - ours) / all);
  }

  static long parent(long pid) {
    return usage(PROC.resolve(String.valueOf(pid))).map(Usage::parent).orElse(0L);
  }

  /// The most main memory that a running process ever had.
  public static OptionalDouble peakMegabytes(long pid) {
    try (var lines = Files.lines(PROC.resolve(String.valueOf(pid)).resolve("status"))) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
          .findFirst();
    } catch (IOException _) {
      return OptionalDouble.empty();
    }
  }
}
