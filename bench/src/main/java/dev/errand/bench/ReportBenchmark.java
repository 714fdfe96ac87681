package dev.errand.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// How long a report takes, from the command to its last line, and how much memory.
final class ReportBenchmark {
  private static final String DOCS_QUESTION = "What happens to a task when its worker is killed?";
  private static final List<String> CORPUS_QUESTIONS =
      List.of(
          "When is WAL mode faster than a rollback journal?",
          "How large can a database be?",
          "What does the query planner do with a partial index?",
          "Which locks does a writer take?",
          "How is a corrupt database recovered?");

  private static final double DOCS_TARGET_SECONDS = 5;
  private static final double COLD_TARGET_SECONDS = 10;
  private static final double WARM_TARGET_SECONDS = 4;
  private static final double MEMORY_TARGET_MEGABYTES = 600;

  private ReportBenchmark() {}

  static void run(Installation errand, Path corpus, Report report)
      throws IOException, InterruptedException {
    Path docs = errand.launcher().resolveSibling("docs");
    Samples docsReports = Samples.of(3, () -> research(errand, DOCS_QUESTION, docs));
    report.atMost(
        DOCS_TARGET_SECONDS, "s", "report on our docs, server started for it", docsReports);
    if (Files.isDirectory(corpus)) {
      runOver(corpus, errand, report);
    } else {
      report.skipped("report on a large folder", "no " + corpus + "; name one with --corpus");
    }
  }

  private static void runOver(Path corpus, Installation errand, Report report)
      throws IOException, InterruptedException {
    Samples cold = Samples.of(3, () -> coldly(errand, corpus));
    report.atMost(
        COLD_TARGET_SECONDS, "s", "report on a large folder, cold, server started for it", cold);
    try (RunningServer server = errand.serve();
        PeakMemory memory = PeakMemory.of(server)) {
      report.atMost(
          COLD_TARGET_SECONDS,
          "s",
          "report on a large folder, cold, server running",
          Samples.of(1, () -> coldly(errand, corpus)));
      var questions = CORPUS_QUESTIONS.iterator();
      Samples warm =
          Samples.of(CORPUS_QUESTIONS.size(), () -> research(errand, questions.next(), corpus));
      report.atMost(WARM_TARGET_SECONDS, "s", "report on a large folder, warm", warm);
      report.atMost(
          MEMORY_TARGET_MEGABYTES,
          "MB",
          "memory of server and PostgreSQL, peak",
          Samples.once(memory.megabytes()));
    }
  }

  private static Duration coldly(Installation errand, Path corpus)
      throws IOException, InterruptedException {
    Installation.delete(errand.data().resolve("index"));
    return research(errand, CORPUS_QUESTIONS.getFirst(), corpus);
  }

  private static Duration research(Installation errand, String question, Path folder)
      throws IOException, InterruptedException {
    return errand.run("research", question, "--docs", folder.toString());
  }
}
