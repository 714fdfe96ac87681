package dev.errand.testkit.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.engine.schedule.Cron;
import dev.errand.engine.schedule.Rhythm;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Random expressions in random zones, against a walk through every minute of real time that looks
/// at the clock on the wall.
class RandomRhythmTest {
  private static final int RHYTHMS = Integer.getInteger("errand.rhythms", 1_000);
  private static final Duration WALK = Duration.ofDays(4);
  private static final List<String> ZONES =
      List.of(
          "Europe/Berlin",
          "America/New_York",
          "Australia/Lord_Howe",
          "America/Santiago",
          "Africa/Cairo",
          "America/Havana",
          "Asia/Beirut",
          "Atlantic/Azores",
          "Africa/Casablanca",
          "Antarctica/Troll",
          "Pacific/Apia",
          "America/St_Johns",
          "Asia/Kathmandu",
          "UTC");

  @Test
  void moments_are_those_that_a_walk_through_every_minute_meets() {
    long seed = Long.getLong("errand.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int i = 0; i < RHYTHMS; i++) {
      ZoneId zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
      Pattern pattern = Pattern.random(random);
      Instant start = start(random, zone);

      List<Instant> walked = new Walk(pattern, zone).from(start);

      assertThat(moments(pattern, zone, start))
          .as("seed %d, round %d: \"%s\" in %s from %s", seed, i, pattern.text(), zone, start)
          .isEqualTo(walked);
      assertLast(new Rhythm(Cron.parse(pattern.text()), zone), walked, start.plus(WALK));
    }
  }

  /// Half of the walks lead through a change of the clocks.
  private static Instant start(Random random, ZoneId zone) {
    Instant any =
        Instant.parse("2005-01-01T00:00:00Z").plus(Duration.ofMinutes(random.nextInt(12_000_000)));
    return random.nextBoolean()
        ? any
        : Optional.ofNullable(zone.getRules().nextTransition(any))
            .map(change -> change.getInstant().minus(Duration.ofMinutes(random.nextInt(3_000))))
            .orElse(any);
  }

  private static List<Instant> moments(Pattern pattern, ZoneId zone, Instant start) {
    Rhythm rhythm = new Rhythm(Cron.parse(pattern.text()), zone);
    return rhythm
        .from(rhythm.next(start).orElseThrow())
        .takeWhile(moment -> !moment.isAfter(start.plus(WALK)))
        .toList();
  }

  private static void assertLast(Rhythm rhythm, List<Instant> moments, Instant until) {
    if (!moments.isEmpty()) {
      assertThat(rhythm.last(moments.getFirst(), until)).isEqualTo(moments.getLast());
    }
  }

  /// What the expression says, without its being parsed.
  private record Pattern(
      Set<Integer> minutes,
      Set<Integer> hours,
      Set<Integer> days,
      Set<Integer> weekdays,
      boolean anyMinute,
      boolean anyDay,
      boolean anyWeekday) {

    static Pattern random(Random random) {
      boolean anyMinute = random.nextInt(4) == 0;
      boolean anyHour = random.nextInt(3) == 0;
      boolean anyDay = random.nextInt(3) > 0;
      boolean anyWeekday = random.nextInt(3) > 0;
      return new Pattern(
          anyMinute ? all(0, 59) : some(random, 0, 59, 3),
          anyHour ? all(0, 23) : some(random, 0, 23, 6),
          anyDay ? all(1, 31) : some(random, 1, 31, 12),
          anyWeekday ? all(0, 6) : some(random, 0, 6, 4),
          anyMinute,
          anyDay,
          anyWeekday);
    }

    private static Set<Integer> all(int min, int max) {
      return IntStream.rangeClosed(min, max).boxed().collect(Collectors.toSet());
    }

    private static Set<Integer> some(Random random, int min, int max, int most) {
      Set<Integer> some = new TreeSet<>();
      for (int i = random.nextInt(most); i >= 0; i--) {
        some.add(random.nextInt(min, max + 1));
      }
      return some;
    }

    String text() {
      return "%s %s %s * %s"
          .formatted(
              anyMinute ? "*" : listed(minutes),
              hours.size() == 24 ? "*" : listed(hours),
              anyDay ? "*" : listed(days),
              anyWeekday ? "*" : listed(weekdays));
    }

    private static String listed(Set<Integer> numbers) {
      return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    boolean fits(LocalDateTime time) {
      boolean day = days.contains(time.getDayOfMonth());
      boolean weekday = weekdays.contains(time.getDayOfWeek().getValue() % 7);
      return minutes.contains(time.getMinute())
          && hours.contains(time.getHour())
          && ((anyDay || anyWeekday) ? (day && weekday) : (day || weekday));
    }

    boolean everyHour() {
      return hours.size() == 24;
    }
  }

  private record Walk(Pattern pattern, ZoneId zone) {
    List<Instant> from(Instant start) {
      List<Instant> met = new ArrayList<>();
      LocalDateTime before = wall(start);
      for (long minute = 1; minute <= WALK.toMinutes(); minute++) {
        Instant moment = start.plus(Duration.ofMinutes(minute));
        LocalDateTime now = wall(moment);
        if ((pattern.fits(now) && !isRepetition(moment, now)) || skippedOne(before, now)) {
          met.add(moment);
        }
        before = now;
      }
      return met;
    }

    private LocalDateTime wall(Instant moment) {
      return moment.atZone(zone).toLocalDateTime();
    }

    private boolean isRepetition(Instant moment, LocalDateTime now) {
      if (pattern.everyHour() || pattern.anyMinute()) {
        return false;
      }
      List<ZoneOffset> offsets = zone.getRules().getValidOffsets(now);
      return now.toInstant(offsets.getFirst()).isBefore(moment);
    }

    private boolean skippedOne(LocalDateTime before, LocalDateTime now) {
      if (pattern.everyHour()) {
        return false;
      }
      for (LocalDateTime time = before.plusMinutes(1); time.isBefore(now); ) {
        if (pattern.fits(time)) {
          return true;
        }
        time = time.plusMinutes(1);
      }
      return false;
    }
  }
}
