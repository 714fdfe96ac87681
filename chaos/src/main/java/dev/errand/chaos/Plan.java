package dev.errand.chaos;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/// What a run is to do.
///
/// @param time how long something is struck; the start and the settling come on top
/// @param strikes how often something is struck at most
/// @param rate tasks a second
record Plan(Duration time, int strikes, long seed, int rate) {
  private static final long LARGEST_SEED = 1_000_000_000;
  private static final int MOST_MINUTES = 24 * 60;
  private static final int MOST_RATE = 500;

  static final String USAGE =
      """
      Usage: errand chaos [--minutes N] [--rounds N] [--rate N] [--seed N]

      Starts a PostgreSQL, two nodes that take tasks and two that only run them, submits tasks all the
      time, and strikes at random: kills nodes and PostgreSQL, restarts nodes in good order, pauses them,
      cuts and stalls their connections, fills the disk (as root). Then everything may end, and what was
      promised is compared with what came of it.

        --minutes N   strike for so long (default 3)
        --rounds N    strike no more than so often
        --rate N      tasks submitted a second (default 25)
        --seed N      strike in the same order as an earlier run

      Exit code 1 when a promise was broken or a lost task was picked up too late. Nothing that it starts,
      writes or mounts outlives it; what it found wrong stays in a folder that it names.
      """;

  /// The command line does not say what to do.
  static final class Misunderstood extends Exception {
    Misunderstood(String message) {
      super(message);
    }
  }

  static Plan of(List<String> words) throws Misunderstood {
    Duration time = Duration.ofMinutes(3);
    int strikes = Integer.MAX_VALUE;
    int rate = 25;
    long seed = ThreadLocalRandom.current().nextLong(LARGEST_SEED);
    for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
      String option = rest.next();
      switch (option) {
        case "--minutes" -> time = Duration.ofMinutes(number(option, rest, MOST_MINUTES));
        case "--rounds" -> strikes = (int) number(option, rest, Integer.MAX_VALUE);
        case "--rate" -> rate = (int) number(option, rest, MOST_RATE);
        case "--seed" -> seed = number(option, rest, Long.MAX_VALUE);
        default -> throw new Misunderstood("Not understood: %s. See errand chaos --help".formatted(option));
      }
    }
    return new Plan(time, strikes, seed, rate);
  }

  private static long number(String option, Iterator<String> rest, long most)
      throws Misunderstood {
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
