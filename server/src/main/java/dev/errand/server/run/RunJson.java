package dev.errand.server.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.errand.engine.run.Run;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A run as the API shows it.
///
/// @param metrics only where one run is asked for, as are the notes
record RunJson(
    String id,
    String key,
    @Nullable String taskId,
    String status,
    Instant startedAt,
    @Nullable Instant endedAt,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Run.Metric> metrics,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Run.Note> notes) {

  static RunJson of(Run run) {
    return of(run, null, null);
  }

  static RunJson of(Run run, @Nullable List<Run.Metric> metrics, @Nullable List<Run.Note> notes) {
    return new RunJson(
        run.id().toString(),
        run.key(),
        run.task() == null ? null : run.task().toString(),
        run.status().toString(),
        run.startedAt(),
        run.endedAt(),
        metrics,
        notes);
  }
}
