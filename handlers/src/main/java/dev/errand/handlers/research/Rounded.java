package dev.errand.handlers.research;

/// Scores rounded to four decimals: enough to rank by, and the same in every report.
final class Rounded {
  private Rounded() {}

  static double of(double score) {
    return Math.round(score * 10_000) / 10_000.0;
  }
}
