package dev.errand.handlers.fetch;

import java.time.Duration;

/// How we treat those whose pages we fetch.
///
/// @param robots whether robots.txt is asked and obeyed (RFC 9309)
/// @param gap how long we leave a host alone between two fetches from it; robots.txt may ask for
///   more
/// @param atOnce how many fetches may be under way to one host
public record Politeness(boolean robots, Duration gap, int atOnce) {
  public static final Politeness DEFAULTS = new Politeness(true, Duration.ofSeconds(1), 2);

  /// For hosts that are our own.
  public static final Politeness NONE = new Politeness(false, Duration.ZERO, Integer.MAX_VALUE);

  public Politeness {
    if (gap.isNegative() || atOnce < 1) {
      throw new IllegalArgumentException("a gap must be 0 or more, and one fetch must be possible");
    }
  }
}
