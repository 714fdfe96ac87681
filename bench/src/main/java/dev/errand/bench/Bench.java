package dev.errand.bench;

import dev.errand.bench.reader.ReaderBenchmark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Runs benchmarks and prints a line for each figure: `errand bench [NAME…] [--corpus DIR]`, or one
/// of the benchmarks of the queue: `errand bench
/// peers|http|backlog|fairness|endurance|sleepers|followers [OPTIONS]`, or how good the work is
/// that tasks do: `errand bench reader --pages DIR` and `errand bench retrieval|evaluate
/// [OPTIONS]`.
///
/// Each figure stands beside what it is measured against: a peer that does the same in the same
/// run, or the target that was set. Exit code 1 when a target was missed.
public final class Bench {
  private static final List<String> BENCHMARKS = List.of("start", "call", "report");

  private Bench() {}

  public static void main(String[] args) throws Exception {
    List<String> names = new ArrayList<>(List.of(args));
    if (!names.isEmpty() && Comparisons.NAMES.contains(names.getFirst())) {
      List<String> options = names.subList(1, names.size());
      System.exit(Comparisons.run(names.getFirst(), options) ? 0 : 1);
    }
    if (!names.isEmpty() && names.getFirst().equals("reader")) {
      System.exit(reader(names.subList(1, names.size())) ? 0 : 1);
    }
    if (!names.isEmpty() && Evaluations.NAMES.contains(names.getFirst())) {
      List<String> options = names.subList(1, names.size());
      System.exit(Evaluations.run(names.getFirst(), options) ? 0 : 1);
    }
    Path corpus = corpus(names);
    if (!BENCHMARKS.containsAll(names)) {
      misunderstood(names);
    }
    Report report = new Report(System.out);
    report.heading(machine());
    try (Installation errand = Installation.temporary(Path.of(System.getenv("ERRAND_LAUNCHER")))) {
      if (chosen(names, "start")) {
        StartBenchmark.run(errand, report);
      }
      if (chosen(names, "call")) {
        CallBenchmark.run(errand, report);
      }
      if (chosen(names, "report")) {
        ReportBenchmark.run(errand, corpus, report);
      }
    }
    System.exit(report.missed() == 0 ? 0 : 1);
  }

  private static boolean reader(List<String> options) throws IOException {
    try {
      return ReaderBenchmark.run(options, machine());
    } catch (IllegalArgumentException e) {
      misunderstood(List.of(String.valueOf(e.getMessage())));
      throw e;
    }
  }

  private static boolean chosen(List<String> names, String name) {
    return names.isEmpty() || names.contains(name);
  }

  private static Path corpus(List<String> names) throws IOException, InterruptedException {
    int option = names.indexOf("--corpus");
    if (option < 0) {
      return Corpus.debian();
    }
    if (option + 1 == names.size()) {
      misunderstood(names);
    }
    names.remove(option);
    return Path.of(names.remove(option)).toAbsolutePath();
  }

  static void misunderstood(List<String> words) {
    System.err.printf("Not understood: %s. See errand bench --help%n", String.join(" ", words));
    System.exit(2);
  }

  static String machine() {
    return String.format(
        Locale.ROOT,
        "%s %s, %d processors, Java %s",
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors(),
        Runtime.version());
  }
}
