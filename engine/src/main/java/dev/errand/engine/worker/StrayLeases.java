package dev.errand.engine.worker;

import dev.errand.engine.lease.Lease;
import dev.errand.engine.lease.Leases.Session;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/// Finds leases under which nothing runs: the worker's heartbeat would keep them for as long as it
/// lives, and nobody would run their tasks.
///
/// A lease that a claim has just been given looks the same until its attempt is started. So a stray
/// is only what was seen twice, and not while the same claim was under way. For one thread.
final class StrayLeases {
  private final Supplier<Set<UUID>> running;
  private final IntSupplier claims;
  private Sighting last = Sighting.NONE;

  /// @param claims how often a claim has begun or ended; odd while one is under way, and even again
  ///   only after the attempts of its leases are `running`
  StrayLeases(Supplier<Set<UUID>> running, IntSupplier claims) {
    this.running = running;
    this.claims = claims;
  }

  /// @param claims how many there were right after the look
  private record Sighting(Set<UUID> tokens, int claims) {
    static final Sighting NONE = new Sighting(Set.of(), 0);

    boolean ofClaimUnderWay(int claimsNow) {
      return claims % 2 != 0 && claims == claimsNow;
    }
  }

  /// Looks once more; what has been seen the last time too.
  List<Lease> look(Session session) {
    if (last.ofClaimUnderWay(claims.getAsInt())) {
      return List.of();
    }
    List<Lease> idle = session.heldBesides(running.get());
    Set<UUID> before = last.tokens();
    Set<UUID> tokens = new HashSet<>();
    idle.forEach(lease -> tokens.add(lease.token()));
    last = new Sighting(tokens, claims.getAsInt());
    return idle.stream().filter(lease -> before.contains(lease.token())).toList();
  }
}
