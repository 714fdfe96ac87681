package dev.errand.engine.schedule;

import dev.errand.engine.attempt.InvalidParams.Violation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// When a schedule is due and what it does when things get in its way, as its owner wrote it.
///
/// @param cron five or six fields or a macro, see [Cron]
/// @param timeZone such as `Europe/Berlin`
public record Timing(String cron, String timeZone, Overlap overlap, Misfire misfire) {
  public static final String DEFAULT_TIME_ZONE = "UTC";

  /// What is wrong with it, nothing when it can be followed.
  public List<Violation> violations() {
    List<Violation> violations = new ArrayList<>();
    try {
      Cron.parse(cron);
    } catch (InvalidCron invalid) {
      violations.add(new Violation("/cron", String.valueOf(invalid.getMessage())));
    }
    if (Rhythm.zone(timeZone).isEmpty()) {
      violations.add(
          new Violation(
              "/time_zone",
              "must be the name of a time zone such as Europe/Berlin or UTC, not \"%s\""
                  .formatted(timeZone)));
    }
    return violations;
  }

  /// @throws IllegalArgumentException when there are [#violations]
  public Rhythm rhythm() {
    return new Rhythm(
        Cron.parse(cron),
        Rhythm.zone(timeZone)
            .orElseThrow(() -> new IllegalArgumentException("No time zone " + timeZone)));
  }

  /// The first moment after `after`.
  public Optional<Instant> next(Instant after) {
    return rhythm().next(after);
  }
}
