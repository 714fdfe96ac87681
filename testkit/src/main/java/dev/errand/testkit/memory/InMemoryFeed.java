package dev.errand.testkit.memory;

import dev.errand.engine.event.Event;
import dev.errand.engine.event.Feed;
import dev.errand.engine.webhook.Carrier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What happens to all tasks of an owner, in memory, where nothing is ever half done.
record InMemoryFeed(Rows rows) implements Feed {

  @Override
  public Place end() {
    return rows.locked(Place::before);
  }

  @Override
  public List<OwnEvent> read(String owner, Place after, int limit) {
    return rows.locked(now ->
        rows.newestFirst().stream()
            .filter(row -> row.owner().equals(owner) && !row.type().equals(Carrier.TYPE))
            .flatMap(row -> placed(row).stream())
            .filter(event -> event.place().compareTo(after) > 0 && event.place().at().isBefore(now))
            .sorted((one, other) -> one.place().compareTo(other.place()))
            .limit(limit)
            .toList());
  }

  private static List<OwnEvent> placed(TaskRow row) {
    List<OwnEvent> placed = new ArrayList<>();
    Instant latest = Instant.MIN;
    for (Event event : row.trail().events()) {
      latest = event.at().isAfter(latest) ? event.at() : latest;
      placed.add(new OwnEvent(new Place(latest, row.id(), event.number()), event));
    }
    return placed;
  }
}
