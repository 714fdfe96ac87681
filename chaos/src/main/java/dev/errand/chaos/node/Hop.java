package dev.errand.chaos.node;

import dev.errand.chaos.node.Footprints.Mark;
import dev.errand.engine.attempt.Attempt;
import dev.errand.engine.attempt.Handler;

/// Is over at once, so that workers come to hold it without a lease.
public final class Hop implements Handler<Hop.Place> {
  private final Footprints footprints;

  public Hop(Footprints footprints) {
    this.footprints = footprints;
  }

  /// @param to anything
  public record Place(String to) {}

  /// @param by who hopped, see [Walk#name]
  public record Landing(String by) {}

  @Override
  public String type() {
    return "hop";
  }

  @Override
  public Class<Place> paramsType() {
    return Place.class;
  }

  @Override
  public Object handle(Place place, Attempt attempt) {
    String us = Walk.name(attempt.number(), ProcessHandle.current().pid());
    footprints.leave(attempt.task(), Footprints.ATTEMPT, us, Mark.BEGIN);
    footprints.leave(attempt.task(), Footprints.ATTEMPT, us, Mark.END);
    return new Landing(us);
  }
}
