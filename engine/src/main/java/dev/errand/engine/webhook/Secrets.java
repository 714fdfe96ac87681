package dev.errand.engine.webhook;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The secrets of a webhook: while one replaces another, deliveries carry the signatures of both.
///
/// @param previous the one before, absent when there was none
/// @param previousUntil how long that one still signs
public record Secrets(Secret current, @Nullable Secret previous, @Nullable Instant previousUntil) {

  static Secrets fresh() {
    return new Secrets(Secret.random(), null, null);
  }

  /// A new secret, beside which the present one signs until `until`.
  Secrets rotated(Instant until) {
    return new Secrets(Secret.random(), current, until);
  }

  /// Those that sign at `now`, the current one first.
  public List<Secret> signing(Instant now) {
    List<Secret> signing = new ArrayList<>(List.of(current));
    if (previous != null && previousUntil != null && now.isBefore(previousUntil)) {
      signing.add(previous);
    }
    return List.copyOf(signing);
  }
}
