package dev.errand.engine.worker;

import dev.errand.engine.lease.Lease;
import dev.errand.engine.lease.Leases.Session;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/// Finds leases under which nothing runs: the worker's heartbeat would keep them for as long as it
/// lives, and nobody would run their tasks.
///
/// A lease of which the worker learns while this looks seems to be one. So a stray is only what was
/// seen twice. For one thread.
final class StrayLeases {
  private final Supplier<Set<UUID>> known;
  private Set<UUID> seen = Set.of();

  /// @param known the tokens of all attempts that run or are about to
  StrayLeases(Supplier<Set<UUID>> known) {
    this.known = known;
  }

  /// Looks once more; what has been seen the last time too.
  List<Lease> look(Session session) {
    List<Lease> idle = session.heldBesides(known.get());
    Set<UUID> before = seen;
    Set<UUID> tokens = new HashSet<>();
    idle.forEach(lease -> tokens.add(lease.token()));
    seen = tokens;
    return idle.stream().filter(lease -> before.contains(lease.token())).toList();
  }
}
