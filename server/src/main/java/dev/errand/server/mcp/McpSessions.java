package dev.errand.server.mcp;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;

/// Whose session is whose. There are only so many: whoever opens one too many loses the one that
/// was not used for longest, and one that nobody uses for an hour may end. Thread-safe.
final class McpSessions {
  static final int MOST_OF_ONE_USER = 32;
  private static final int MOST = 1_024;
  private static final Duration IDLE = Duration.ofHours(1);

  private record Session(String user, Instant usedAt) {}

  private final InstantSource clock;
  private final Map<String, Session> byId = new LinkedHashMap<>(16, 0.75f, true);

  McpSessions(InstantSource clock) {
    this.clock = clock;
  }

  /// Whether `id` is a session of `user`, who uses it now.
  synchronized boolean use(String id, String user) {
    Session known = byId.get(id);
    if (known == null || !known.user().equals(user)) {
      return false;
    }
    byId.put(id, new Session(user, clock.instant()));
    return true;
  }

  /// Notes that `user` has opened the session `id`.
  ///
  /// @return the sessions that must end for it
  synchronized List<String> open(String id, String user) {
    byId.put(id, new Session(user, clock.instant()));
    Instant idleSince = clock.instant().minus(IDLE);
    long ofUser = byId.values().stream().filter(one -> one.user().equals(user)).count();
    List<String> ending = new ArrayList<>();
    for (Entry<String, Session> one : List.copyOf(byId.entrySet())) {
      boolean own = one.getValue().user().equals(user);
      boolean tooMany = (own && ofUser > MOST_OF_ONE_USER) || byId.size() > MOST;
      if (tooMany || one.getValue().usedAt().isBefore(idleSince)) {
        byId.remove(one.getKey());
        ending.add(one.getKey());
        ofUser -= own ? 1 : 0;
      }
    }
    return ending;
  }

  synchronized void forget(String id) {
    byId.remove(id);
  }
}
