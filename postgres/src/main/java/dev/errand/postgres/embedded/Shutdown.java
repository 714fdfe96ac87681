package dev.errand.postgres.embedded;

import java.io.IOException;

/// How PostgreSQL is asked to end, in PostgreSQL's own words.
enum Shutdown {
  /// Ends sessions, writes everything to its place, and needs no recovery: the way to the quickest
  /// next start.
  FAST("INT"),
  /// Drops everything at once. Nothing committed is lost; the next start recovers it from the log.
  IMMEDIATE("QUIT");

  private final String signal;

  Shutdown(String signal) {
    this.signal = signal;
  }

  String signal() {
    return signal;
  }

  /// Asks the process; that it has ended already is no error. Java itself can only send TERM, which
  /// would wait for every client to leave, and KILL.
  void request(long pid) throws IOException, InterruptedException {
    new ProcessBuilder("sh", "-c", "kill -s %s %d".formatted(signal, pid))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
