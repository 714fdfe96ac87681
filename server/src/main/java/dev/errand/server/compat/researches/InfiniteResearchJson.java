package dev.errand.server.compat.researches;

import dev.errand.engine.schedule.Schedule;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// An infinite research as its door shows it.
///
/// @param nextRunAt absent while it is not enabled
/// @param lastRunAt the latest moment that it came to
record InfiniteResearchJson(
    String id,
    String userId,
    String name,
    String prompt,
    String cron,
    String timeZone,
    boolean enabled,
    @Nullable Instant nextRunAt,
    @Nullable Instant lastRunAt,
    Instant createdAt,
    Instant updatedAt) {

  static InfiniteResearchJson of(Schedule schedule, JsonMapper json) {
    return new InfiniteResearchJson(
        schedule.id().toString(),
        schedule.owner(),
        schedule.name(),
        json.readTree(schedule.task().params()).path("prompt").asString(""),
        schedule.timing().cron(),
        schedule.timing().timeZone(),
        !schedule.paused(),
        schedule.next(),
        schedule.lastRun() == null ? null : schedule.lastRun().moment(),
        schedule.createdAt(),
        schedule.updatedAt());
  }
}
