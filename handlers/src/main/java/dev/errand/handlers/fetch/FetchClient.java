package dev.errand.handlers.fetch;

import dev.errand.handlers.concurrent.SingleFlight;
import dev.errand.handlers.fetch.Visits.Visit;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/// Fetches pages. Follows redirects itself, so that every hop is checked against the rules; sends
/// no cookies, no credentials and no request but GET, and uses no proxy. Obeys robots.txt and
/// leaves time between two fetches from one host, as its [Politeness] says. Cached pages are
/// subject to the same rules.
///
/// Thread-safe. A fetch blocks for at most the time the rules allow, besides the waits of
/// politeness; on a virtual thread it also ends as soon as the thread is interrupted.
public final class FetchClient implements AutoCloseable {
  private final FetchRules rules;
  private final Politeness politeness;
  private final Robots robots;
  private final HostThrottle throttle;
  private final Exchange exchange;
  private final Visits visits;

  /// For robots.txt, which [Robots] caches itself.
  private final Visits uncached;

  private final SingleFlight<FetchResult> flights = new SingleFlight<>();

  /// A client without a cache.
  public FetchClient(FetchRules rules, Politeness politeness) {
    this(
        rules,
        politeness,
        Optional.empty(),
        SystemDefaultDnsResolver.INSTANCE,
        InstantSource.system());
  }

  /// A client that takes a page from `pages` while it is fresh there.
  public FetchClient(
      FetchRules rules, Politeness politeness, PageCache pages, InstantSource clock) {
    this(rules, politeness, Optional.of(pages), SystemDefaultDnsResolver.INSTANCE, clock);
  }

  FetchClient(
      FetchRules rules,
      Politeness politeness,
      Optional<PageCache> pages,
      DnsResolver resolver,
      InstantSource clock) {
    GuardedDns dns = new GuardedDns(resolver, rules.exceptions());
    this.rules = rules;
    this.politeness = politeness;
    this.robots = new Robots(rules.userAgent(), clock);
    this.throttle = new HostThrottle(politeness, clock, Thread::sleep);
    this.exchange = new Exchange(rules, dns, clock);
    this.visits = new Visits(exchange, dns, rules.userAgent(), pages);
    this.uncached = new Visits(exchange, dns, rules.userAgent(), Optional.empty());
  }

  /// Fetches a page. Calls for the same address at the same time share one fetch.
  public FetchResult fetch(WebAddress address) throws InterruptedException {
    try {
      return flights.run(
          address.toString(),
          () -> follow(address, List.of(), Instant.now().plus(rules.answerFor()), true));
    } catch (InterruptedException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /// A site's robots.txt itself, which is fetched without asking robots.txt.
  private FetchResult fetchRobots(WebAddress file) throws InterruptedException {
    return follow(file, List.of(), Instant.now().plus(rules.answerFor()), false);
  }

  /// @param passed the addresses that led here
  /// @param politely whether robots.txt and the gap between fetches are observed
  private FetchResult follow(
      WebAddress address, List<WebAddress> passed, Instant deadline, boolean politely)
      throws InterruptedException {
    Optional<FetchResult.Blocked> refusal = rules.refusal(address);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    Instant start = Instant.now();
    if (politely && politeness.robots()) {
      Optional<FetchResult> no = robots.refusal(address, this::fetchRobots);
      if (no.isPresent()) {
        return no.get();
      }
    }
    Visits way = politely ? visits : uncached;
    Optional<CachedResponse> kept = way.kept(address);
    Optional<Visit> known = kept.flatMap(reply -> way.known(reply, address, passed));
    if (known.isPresent()) {
      return next(known.get(), address, passed, extended(deadline, start), politely);
    }
    Visit visit;
    Instant extended;
    try (HostThrottle.Turn _ = politely ? turn(address, passed) : () -> {}) {
      extended = extended(deadline, start);
      visit = way.make(address, passed, kept, Duration.between(Instant.now(), extended));
    }
    return next(visit, address, passed, extended, politely);
  }

  /// The deadline, later by the time that was spent on politeness.
  private static Instant extended(Instant deadline, Instant start) {
    return deadline.plus(Duration.between(start, Instant.now()));
  }

  private FetchResult next(
      Visit visit, WebAddress address, List<WebAddress> passed, Instant deadline, boolean politely)
      throws InterruptedException {
    return switch (visit) {
      case Visit.Ended(FetchResult fetched) -> fetched;
      case Visit.LeadsOn(String location) ->
          redirect(address, location, passed, deadline, politely);
    };
  }

  /// A redirect within one host belongs to the same fetch and does not wait again.
  private HostThrottle.Turn turn(WebAddress address, List<WebAddress> passed)
      throws InterruptedException {
    boolean sameHost = !passed.isEmpty() && passed.getLast().host().equals(address.host());
    return sameHost ? () -> {} : throttle.turn(address.host(), robots.delay(address));
  }

  private FetchResult redirect(
      WebAddress from, String location, List<WebAddress> passed, Instant deadline, boolean politely)
      throws InterruptedException {
    if (passed.size() == rules.maxRedirects()) {
      return new FetchResult.Unusable("more than %d redirects".formatted(rules.maxRedirects()));
    }
    WebAddress next;
    try {
      next = from.follow(location);
    } catch (IllegalArgumentException e) {
      return new FetchResult.Blocked("a redirect " + e.getMessage());
    }
    if (from.isEncrypted() && !next.isEncrypted()) {
      return new FetchResult.Blocked("a redirect leads from https to http");
    }
    return follow(
        next, Stream.concat(passed.stream(), Stream.of(from)).toList(), deadline, politely);
  }

  @Override
  public void close() {
    exchange.close();
  }
}
