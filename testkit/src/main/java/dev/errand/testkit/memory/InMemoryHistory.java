package dev.errand.testkit.memory;

import dev.errand.engine.event.Event;
import dev.errand.engine.event.History;
import dev.errand.engine.task.TaskId;
import java.util.List;
import java.util.Optional;

/// What happened, in memory.
record InMemoryHistory(Rows rows) implements History {

  @Override
  public List<Event> events(TaskId task, long after, int limit) {
    return rows.locked(_ ->
        rows.task(task).map(row -> row.trail().events()).orElse(List.of()).stream()
            .filter(event -> event.number() > after)
            .limit(limit)
            .toList());
  }

  @Override
  public Optional<Event> latest(TaskId task, String type) {
    return rows.locked(_ ->
        rows.task(task).map(row -> row.trail().events()).orElse(List.of()).stream()
            .filter(event -> event.type().equals(type))
            .reduce((_, later) -> later));
  }

  @Override
  public List<Line> log(TaskId task, long after, int limit) {
    return rows.locked(_ ->
        rows.task(task).map(row -> row.trail().log()).orElse(List.of()).stream()
            .filter(line -> line.number() > after)
            .limit(limit)
            .toList());
  }

  @Override
  public boolean ended(TaskId task) {
    return rows.locked(_ -> rows.task(task).map(TaskRow::ended).orElse(true));
  }
}
