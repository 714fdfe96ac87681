package dev.errand.chaos;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/// What a run is to do.
///
/// @param time for how long faults are injected; the start and the settling come on top
/// @param faults how many are injected at most
/// @param rate tasks a second
record Plan(Duration time, int faults, long seed, int rate) {
  private static final long LARGEST_SEED = 1_000_000_000;
  private static final int MOST_MINUTES = 24 * 60;
  private static final int MOST_RATE = 500;

  /// The command line does not say what to do.
  static final class Misunderstood extends Exception {
    Misunderstood(String message) {
      super(message);
    }
  }

  static Plan of(List<String> words) throws Misunderstood {
    Duration time = Duration.ofMinutes(3);
    int faults = Integer.MAX_VALUE;
    int rate = 25;
    long seed = ThreadLocalRandom.current().nextLong(LARGEST_SEED);
    for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
      String option = rest.next();
      switch (option) {
        case "--minutes" -> time = Duration.ofMinutes(number(option, rest, MOST_MINUTES));
        case "--rounds" -> faults = (int) number(option, rest, Integer.MAX_VALUE);
        case "--rate" -> rate = (int) number(option, rest, MOST_RATE);
        case "--seed" -> seed = number(option, rest, Long.MAX_VALUE);
        default ->
            throw new Misunderstood(
                "Not understood: %s. See errand chaos --help".formatted(option));
      }
    }
    return new Plan(time, faults, seed, rate);
  }

  private static long number(String option, Iterator<String> rest, long most) throws Misunderstood {
    String word = rest.hasNext() ? rest.next() : "";
    try {
      long number = Long.parseLong(word);
      if (number >= 1 && number <= most) {
        return number;
      }
    } catch (NumberFormatException _) {
      // Said below.
    }
    throw new Misunderstood("%s takes a number from 1 to %d".formatted(option, most));
  }
}
