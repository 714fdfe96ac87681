package dev.errand.chaos.node;

import java.io.IOException;

/// Processes of this machine, by their ids.
final class Processes {
  private Processes() {}

  /// Sends a signal to a process; one that has just ended does not mind.
  ///
  /// @param signal as `kill` knows it, such as `STOP`
  static void signal(long pid, String signal) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + signal, String.valueOf(pid))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
