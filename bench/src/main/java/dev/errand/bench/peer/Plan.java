package dev.errand.bench.peer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What is to be compared, and how often.
///
/// @param jobs enqueued or drained in a phase; the other phases have more or fewer, in proportion
/// @param warmUp jobs before those, so that compilers have done their work, as they have in a
///   server that is not restarted for each task; slow contestants get a tenth of it
/// @param out where the table goes too, as Markdown; absent for nowhere
public record Plan(
    int repeats,
    int jobs,
    int warmUp,
    List<Phase> phases,
    List<Contestant> contestants,
    @Nullable Path out) {
  private static final int REPEATS = 3;
  private static final int JOBS = 20_000;
  private static final int WARM_UP = 100_000;
  private static final int PICK_UPS_TO_WARM_UP = 20_000;
  private static final int FEWEST_JOBS = 1_000;

  public Plan {
    phases = List.copyOf(phases);
    contestants = List.copyOf(contestants);
  }

  /// What cannot be understood on the command line.
  public static final class Misunderstood extends RuntimeException {
    Misunderstood(String message) {
      super(message);
    }
  }

  /// @throws Misunderstood saying which word
  public static Plan of(List<String> words) {
    Plan plan =
        new Plan(
            REPEATS, JOBS, WARM_UP, List.of(Phase.values()), List.of(Contestant.values()), null);
    for (int i = 0; i < words.size(); i += 2) {
      if (i + 1 == words.size()) {
        throw new Misunderstood(words.get(i));
      }
      plan = plan.with(words.get(i), words.get(i + 1));
    }
    return plan;
  }

  private Plan with(String option, String value) {
    return switch (option) {
      case "--repeats" -> new Plan(number(value, 1), jobs, warmUp, phases, contestants, out);
      case "--jobs" ->
          new Plan(repeats, number(value, FEWEST_JOBS), warmUp, phases, contestants, out);
      case "--warm-up" ->
          new Plan(repeats, jobs, number(value, FEWEST_JOBS), phases, contestants, out);
      case "--phases" ->
          new Plan(
              repeats, jobs, warmUp, list(value, Phase::named, Phase.values()), contestants, out);
      case "--only" ->
          new Plan(
              repeats,
              jobs,
              warmUp,
              phases,
              list(value, Contestant::named, Contestant.values()),
              out);
      case "--out" -> new Plan(repeats, jobs, warmUp, phases, contestants, Path.of(value));
      default -> throw new Misunderstood(option);
    };
  }

  private static int number(String text, int least) {
    if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) < least) {
      throw new Misunderstood("%s (a number of %d or more)".formatted(text, least));
    }
    return Integer.parseInt(text);
  }

  private static <T> List<T> list(String text, Function<String, Optional<T>> named, T[] known) {
    List<T> list = new ArrayList<>();
    for (String word : text.split(",", -1)) {
      list.add(
          named
              .apply(word)
              .orElseThrow(() ->
                  new Misunderstood("%s (one of %s)".formatted(word, Arrays.toString(known)))));
    }
    return list;
  }

  int pickUpsToWarmUp() {
    return PICK_UPS_TO_WARM_UP;
  }

  int bulkJobs() {
    return jobs * 5;
  }

  int mixedJobs() {
    return jobs / 2;
  }

  int pickUps() {
    return jobs / 40;
  }

  /// One measurement.
  record Step(int repeat, Phase phase, Contestant contestant) {}

  /// Interleaved, so that what disturbs the machine for a while disturbs all alike.
  List<Step> steps(List<Contestant> present) {
    List<Step> steps = new ArrayList<>();
    for (int repeat = 1; repeat <= repeats; repeat++) {
      for (Phase phase : phases) {
        for (Contestant contestant : present) {
          if (contestant.takesPartIn(phase)) {
            steps.add(new Step(repeat, phase, contestant));
          }
        }
      }
    }
    return steps;
  }
}
