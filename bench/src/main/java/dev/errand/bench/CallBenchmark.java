package dev.errand.bench;

import java.io.IOException;

/// How long a command takes on a server that runs.
final class CallBenchmark {
  private static final int TIMES = 15;
  private static final double TARGET_SECONDS = 0.5;

  private CallBenchmark() {}

  static void run(Installation errand, Report report) throws IOException, InterruptedException {
    try (RunningServer server = errand.serve()) {
      Samples list = Samples.of(TIMES, () -> errand.run("list"));
      Samples submit = Samples.of(TIMES, () -> errand.run("submit", "echo"));
      Samples watch = Samples.of(TIMES, () -> errand.run("submit", "echo", "--watch"));
      report.atMost(TARGET_SECONDS, "s", "errand list", list);
      report.atMost(TARGET_SECONDS, "s", "errand submit echo", submit);
      report.atMost(TARGET_SECONDS, "s", "errand submit echo --watch", watch);
      try {
        Samples curl = Samples.of(TIMES, () -> Installation.timed(curl(server), errand.output()));
        report.beside("curl", curl, "s", "errand list", list);
      } catch (IOException e) {
        report.skipped("errand list against curl", String.valueOf(e.getMessage()));
      }
    }
  }

  private static ProcessBuilder curl(RunningServer server) throws IOException {
    String authorization = "Authorization: Bearer " + server.token();
    return new ProcessBuilder(
        "curl", "-sSf", "-H", authorization, server.url() + "/tasks?limit=20");
  }
}
