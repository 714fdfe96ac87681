package dev.errand.engine.schedule;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The moments that a cron expression means in a time zone.
///
/// Where clocks are put forward, a time that is skipped is due once, right after the gap. Where
/// they are put back, a time that comes twice is due the first time. Only what names no times of
/// the day (every hour, or `*` minutes) follows real time: it goes on through a repeated hour, and
/// has nothing to make up for after a skipped one.
public record Rhythm(Cron cron, ZoneId zone) {
  /// No expression rests longer: 29 February on a certain weekday comes at least every 40 years.
  private static final Duration HORIZON = Duration.ofDays(50 * 366);

  /// The first moment after `after`; empty only at the end of time.
  public Optional<Instant> next(Instant after) {
    ZoneRules rules = zone.getRules();
    Instant from = after.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    Instant horizon = from.plus(HORIZON);
    while (from.isBefore(horizon)) {
      ZoneOffset offset = rules.getOffset(from);
      ZoneOffsetTransition change = rules.nextTransition(from);
      Instant end = change == null ? horizon : change.getInstant();
      Optional<LocalDateTime> time =
          cron.nextOrSame(firstPass(rules, from, offset), LocalDateTime.ofInstant(end, offset));
      if (time.isPresent()) {
        return time.map(found -> found.toInstant(offset));
      }
      if (change != null && makesUpFor(change)) {
        return Optional.of(end);
      }
      from = end;
    }
    return Optional.empty();
  }

  /// The wall-clock time at `from`, or where what is repeated just then will be over.
  private LocalDateTime firstPass(ZoneRules rules, Instant from, ZoneOffset offset) {
    LocalDateTime time = LocalDateTime.ofInstant(from, offset);
    @Nullable ZoneOffsetTransition change = rules.previousTransition(from.plusNanos(1));
    boolean repeated =
        change != null && change.isOverlap() && time.isBefore(change.getDateTimeBefore());
    return change != null && repeated && !cron.repeatsWithTheHour()
        ? change.getDateTimeBefore()
        : time;
  }

  private boolean makesUpFor(ZoneOffsetTransition change) {
    return change.isGap()
        && !cron.everyHour()
        && cron.nextOrSame(change.getDateTimeBefore(), change.getDateTimeAfter()).isPresent();
  }

  /// The last moment up to `until`, of which `some` is one: in as many steps as the time between
  /// them can be halved, however often it was due.
  public Instant last(Instant some, Instant until) {
    long due = some.getEpochSecond() - 1;
    long none = until.getEpochSecond() + 1;
    Instant last = some;
    while (none - due > 1) {
      long middle = due + (none - due) / 2;
      Optional<Instant> found =
          next(Instant.ofEpochSecond(middle)).filter(moment -> !moment.isAfter(until));
      if (found.isPresent()) {
        last = found.get();
        due = middle;
      } else {
        none = middle;
      }
    }
    return last;
  }

  /// `first` and the moments after it, without end.
  public Stream<Instant> from(Instant first) {
    return Stream.iterate(Optional.of(first), Optional::isPresent, one -> one.flatMap(this::next))
        .flatMap(Optional::stream);
  }

  /// The time zone of a name such as `Europe/Berlin`, empty for any other text.
  public static Optional<ZoneId> zone(String name) {
    try {
      return Optional.of(ZoneId.of(name));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }
}
