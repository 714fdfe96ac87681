package dev.errand.server.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Lets the administrator's browser in: a link that works once becomes a session, kept in memory
/// for as long as the server runs. Thread-safe.
public final class BrowserSessions {
  static final Duration LIFETIME = Duration.ofHours(12);

  private final InstantSource clock;
  private final AtomicReference<@Nullable String> link = new AtomicReference<>();
  private final Map<String, Instant> endOfSession = new ConcurrentHashMap<>();

  public BrowserSessions(InstantSource clock) {
    this.clock = clock;
  }

  /// A new token that opens one session; the one before stops working.
  public String newLink() {
    String token = AdminToken.random();
    link.set(token);
    return token;
  }

  /// Opens a session for whoever knows the link's token; null when `token` is not that, or no more.
  @Nullable String open(String token) {
    String expected = link.get();
    if (expected == null || !equal(expected, token) || !link.compareAndSet(expected, null)) {
      return null;
    }
    String session = AdminToken.random();
    endOfSession.put(session, clock.instant().plus(LIFETIME));
    return session;
  }

  boolean knows(String session) {
    // The key is 256 random bits: how long a map takes to find it tells nothing of use.
    Instant end = endOfSession.get(session);
    if (end != null && clock.instant().isAfter(end)) {
      endOfSession.remove(session);
      return false;
    }
    return end != null;
  }

  public void end(String session) {
    endOfSession.remove(session);
  }

  private static boolean equal(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }
}
