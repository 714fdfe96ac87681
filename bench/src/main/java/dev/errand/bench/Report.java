package dev.errand.bench;

import java.io.PrintStream;
import java.util.Locale;

/// Prints figures, each beside what it is compared with.
final class Report {
  private final PrintStream out;
  private int missed;

  Report(PrintStream out) {
    this.out = out;
  }

  void heading(String text) {
    out.println(text);
  }

  /// A figure and the most that it may be.
  void atMost(double target, String unit, String what, Samples measured) {
    line(what, unit, measured, "target", target);
    if (measured.median() > target) {
      missed++;
    }
  }

  /// A rate, and how much of a peer's in the same run it has to be at least.
  void atLeast(double share, String peer, Samples peers, String unit, String what, Samples rate) {
    line(what, unit, rate, peer, peers.median());
    if (rate.median() < share * peers.median()) {
      missed++;
    }
  }

  /// A figure, and how many times that of a peer in the same run it may be at most.
  void atMost(double times, String peer, Samples peers, String unit, String what, Samples figure) {
    line(what, unit, figure, peer, peers.median());
    if (figure.median() > times * peers.median()) {
      missed++;
    }
  }

  /// A figure that nothing stands beside.
  void alone(String what, String unit, double value) {
    out.printf(Locale.ROOT, "%-52s %7.2f %s%n", what, value, unit);
  }

  /// A figure and that of a peer, which did the same in the same run.
  void beside(String peer, Samples peers, String unit, String what, Samples measured) {
    line(what, unit, measured, peer, peers.median());
  }

  void skipped(String what, String why) {
    out.printf("%-52s skipped: %s%n", what, why);
  }

  private void line(String what, String unit, Samples measured, String other, double against) {
    out.printf(
        Locale.ROOT,
        "%-52s %7.2f %-2s  (%.2f to %.2f, n=%d)  %s %.2f %s, ratio %.2f%n",
        what,
        measured.median(),
        unit,
        measured.least(),
        measured.most(),
        measured.count(),
        other,
        against,
        unit,
        measured.median() / against);
  }

  /// How many figures were beyond their target.
  int missed() {
    return missed;
  }
}
