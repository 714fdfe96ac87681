package dev.errand.chaos;

import java.time.Duration;
import java.util.Objects;

/// Says how far the run is: in one line that changes on a terminal, else in a line for each fault.
final class Screen {
  private static final int WIDTH = 79;

  private final boolean terminal =
      Objects.requireNonNullElse(System.getenv("ERRAND_TERMINAL"), "").contains("o");
  private String last = "";

  /// Something that is going on.
  synchronized void now(Duration since, String what) {
    String line = "%d:%02d  %s".formatted(since.toMinutes(), since.toSecondsPart(), what);
    if (terminal) {
      String shown = line.length() > WIDTH ? line.substring(0, WIDTH) : line;
      System.out.print("\r" + shown + " ".repeat(WIDTH - shown.length()));
      System.out.flush();
    } else if (!what.equals(last)) {
      System.out.println(line);
    }
    last = what;
  }

  /// Makes place for what comes next.
  synchronized void end() {
    if (terminal) {
      System.out.print("\r" + " ".repeat(WIDTH) + "\r");
    }
  }
}
