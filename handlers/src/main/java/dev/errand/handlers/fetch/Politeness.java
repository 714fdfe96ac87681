package dev.errand.handlers.fetch;

import java.time.Duration;

/// How we treat the sites whose pages we fetch.
///
/// @param robots whether robots.txt is obeyed (RFC 9309)
/// @param gap the least time between the starts of two fetches from one host; robots.txt may ask
///   for more
/// @param atOnce fetches from one host at the same time, at most
public record Politeness(boolean robots, Duration gap, int atOnce) {
  public static final Politeness DEFAULTS = new Politeness(true, Duration.ofSeconds(1), 2);

  /// For our own hosts.
  public static final Politeness NONE = new Politeness(false, Duration.ZERO, Integer.MAX_VALUE);

  public Politeness {
    if (gap.isNegative() || atOnce < 1) {
      throw new IllegalArgumentException("a gap must be 0 or more, and one fetch must be possible");
    }
  }
}
