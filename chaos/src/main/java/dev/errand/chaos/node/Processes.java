package dev.errand.chaos.node;

import java.io.IOException;
import java.util.List;

/// Processes of this machine, by their ids.
public final class Processes {
  private Processes() {}

  /// Sends a signal to a process; one that has just ended does not mind.
  ///
  /// @param signal as `kill` knows it, such as `STOP`
  public static void signal(long pid, String signal) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + signal, String.valueOf(pid))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  public static List<Long> childrenOf(long pid) {
    return ProcessHandle.of(pid).stream()
        .flatMap(ProcessHandle::children)
        .map(ProcessHandle::pid)
        .sorted()
        .toList();
  }
}
