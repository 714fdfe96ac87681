package dev.errand.server.compat.researches;

import dev.errand.engine.attempt.InvalidParams.Violation;
import dev.errand.engine.problem.Problem;
import dev.errand.engine.schedule.ScheduleDraft;
import dev.errand.server.json.Fields;
import dev.errand.server.schedule.ScheduleReader;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reads an infinite research as its owner writes it.
final class InfiniteReader {
  static final String TYPE = "research";
  static final String TAG = "infinite-research";

  /// What is said about the schedule, and not to the research itself.
  static final List<String> OF_SCHEDULE = List.of("cron", "time_zone", "enabled", "name");

  private InfiniteReader() {}

  /// @param body `{prompt, cron, time_zone?, enabled?, name?}` and whatever else a research can be
  ///   told
  /// @throws Problem.Refused naming each bad field
  static ScheduleDraft read(ObjectNode body, String traceId) {
    Fields fields = new Fields(body);
    Optional<Boolean> enabled = fields.yesOrNo("enabled");
    if (!fields.violations().isEmpty()) {
      throw new Problem.InvalidSchedule(fields.violations()).refused();
    }
    ObjectNode schedule = JsonNodeFactory.instance.objectNode();
    List.of("cron", "time_zone", "name").stream()
        .filter(body::has)
        .forEach(name -> schedule.set(name, body.get(name)));
    enabled.ifPresent(runs -> schedule.put("paused", !runs));
    schedule.put("type", TYPE);
    schedule.set("params", body.deepCopy().remove(OF_SCHEDULE));
    schedule.putArray("tags").add(TAG);
    return pointing(() -> ScheduleReader.read(schedule, traceId));
  }

  /// Does `work`, and has what is refused point into the body as it was sent.
  static <T> T pointing(Supplier<T> work) {
    try {
      return work.get();
    } catch (Problem.Refused refused) {
      if (!(refused.problem() instanceof Problem.InvalidSchedule(var found))) {
        throw refused;
      }
      List<Violation> moved =
          found.stream()
              .map(one ->
                  new Violation(one.pointer().replaceFirst("^/params(?=/|$)", ""), one.detail()))
              .toList();
      throw new Problem.InvalidSchedule(moved).refused();
    }
  }
}
