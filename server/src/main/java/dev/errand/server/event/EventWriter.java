package dev.errand.server.event;

import dev.errand.engine.event.Event;
import dev.errand.engine.event.Feed.OwnEvent;
import dev.errand.engine.event.Feed.Place;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// How events are written for those who follow.
public record EventWriter(JsonMapper json) {

  EncodedEvent<Long> encoded(Event event) {
    JsonNode data = json.readTree(event.data());
    return new EncodedEvent<>(
        event.number(),
        event.type(),
        flat(event, data).toString(),
        json.writeValueAsString(EventJson.of(event, data)));
  }

  EncodedEvent<Place> encoded(OwnEvent own) {
    Event event = own.event();
    JsonNode data = json.readTree(event.data());
    ObjectNode flat =
        json.createObjectNode()
            .put("task_id", own.place().task().toString())
            .put("number", event.number());
    flat.setAll(flat(event, data));
    return new EncodedEvent<>(
        own.place(),
        event.type(),
        flat.toString(),
        json.writeValueAsString(OwnEventJson.of(own, data)));
  }

  /// The event's own data and its time.
  private ObjectNode flat(Event event, JsonNode data) {
    ObjectNode flat = json.createObjectNode().put("at", event.at().toString());
    if (data instanceof ObjectNode own) {
      flat.setAll(own);
    }
    return flat;
  }
}
