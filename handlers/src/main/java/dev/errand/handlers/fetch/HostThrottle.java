package dev.errand.handlers.fetch;

import dev.errand.handlers.concurrent.Sleeper;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;

/// Limits how many fetches from one host run at once, and how soon one follows another.
/// Thread-safe.
final class HostThrottle {
  private final Politeness politeness;
  private final InstantSource clock;
  private final Sleeper sleeper;
  private final Map<String, Host> hosts = new HashMap<>(); // guarded by this

  private static final class Host {
    private final Semaphore free;
    private Instant next = Instant.MIN;
    private int users;

    Host(int atOnce) {
      free = new Semaphore(atOnce, true);
    }
  }

  /// The right to fetch from a host until it is closed.
  interface Turn extends AutoCloseable {
    @Override
    void close();
  }

  HostThrottle(Politeness politeness, InstantSource clock, Sleeper sleeper) {
    this.politeness = politeness;
    this.clock = clock;
    this.sleeper = sleeper;
  }

  /// Waits until the host may be asked.
  ///
  /// @param delay the gap that the host's robots.txt asks for
  Turn turn(String name, Duration delay) throws InterruptedException {
    Host host = use(name);
    boolean mine = false;
    try {
      host.free.acquire();
      mine = true;
      sleeper.sleep(untilNext(host, delay));
    } catch (InterruptedException e) {
      leave(host, mine);
      throw e;
    }
    return () -> leave(host, true);
  }

  private synchronized Host use(String name) {
    Instant now = clock.instant();
    hosts.values().removeIf(host -> host.users == 0 && host.next.isBefore(now));
    Host host = hosts.computeIfAbsent(name, _ -> new Host(politeness.atOnce()));
    host.users++;
    return host;
  }

  private synchronized Duration untilNext(Host host, Duration delay) {
    Duration gap = delay.compareTo(politeness.gap()) > 0 ? delay : politeness.gap();
    Instant now = clock.instant();
    Instant mine = host.next.isAfter(now) ? host.next : now;
    host.next = mine.plus(gap);
    return Duration.between(now, mine);
  }

  private synchronized void leave(Host host, boolean mine) {
    if (mine) {
      host.free.release();
    }
    host.users--;
  }
}
