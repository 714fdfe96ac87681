package dev.errand.handlers.fetch;

import dev.errand.handlers.fetch.Exchange.Reply;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/// Fetches pages. Follows redirects itself, so that every hop is held against the rules; sends no
/// cookies, no credentials and no request but GET, and uses no proxy. Asks each site's robots.txt
/// first and takes its time between two fetches from one host, as the manners say.
///
/// Thread-safe. A fetch blocks for at most the time the rules allow; on a virtual thread it also
/// ends as soon as the thread is interrupted.
public final class FetchClient implements AutoCloseable {
  private final FetchRules rules;
  private final Manners manners;
  private final Robots robots;
  private final Pace pace;
  private final Exchange exchange;

  public FetchClient(FetchRules rules, Manners manners) {
    this(rules, manners, SystemDefaultDnsResolver.INSTANCE);
  }

  FetchClient(FetchRules rules, Manners manners, DnsResolver resolver) {
    this.rules = rules;
    this.manners = manners;
    this.robots = new Robots(rules.userAgent(), InstantSource.system());
    this.pace = new Pace(manners, InstantSource.system());
    this.exchange = new Exchange(rules, new GuardedDns(resolver, rules.exceptions()));
  }

  public Fetched fetch(WebAddress address) throws InterruptedException {
    return follow(address, List.of(), Instant.now().plus(rules.answerFor()), true);
  }

  /// A site's robots.txt, which nobody has to ask for permission.
  private Fetched fetchRobots(WebAddress file) throws InterruptedException {
    return follow(file, List.of(), Instant.now().plus(rules.answerFor()), false);
  }

  /// @param passed the addresses that led here
  /// @param politely whether the site is asked first, and its host left alone for a while
  private Fetched follow(
      WebAddress address, List<WebAddress> passed, Instant deadline, boolean politely)
      throws InterruptedException {
    Optional<Fetched.Blocked> refusal = rules.refusal(address);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    Instant start = Instant.now();
    Reply reply;
    if (politely && manners.robots()) {
      Optional<Fetched> no = robots.refusal(address, this::fetchRobots);
      if (no.isPresent()) {
        return no.get();
      }
    }
    Instant extended;
    try (Pace.Turn _ = politely ? turn(address, passed) : () -> {}) {
      // What is spent on manners is not the page's.
      extended = deadline.plus(Duration.between(start, Instant.now()));
      reply = exchange.get(address, passed, extended);
    }
    return switch (reply) {
      case Reply.Ended(Fetched fetched) -> fetched;
      case Reply.Redirect(String location) ->
          redirect(address, location, passed, extended, politely);
    };
  }

  /// A redirect on one host is still the same fetch.
  private Pace.Turn turn(WebAddress address, List<WebAddress> passed) throws InterruptedException {
    boolean sameHost = !passed.isEmpty() && passed.getLast().host().equals(address.host());
    return sameHost ? () -> {} : pace.turn(address.host(), robots.delay(address));
  }

  private Fetched redirect(
      WebAddress from, String location, List<WebAddress> passed, Instant deadline, boolean politely)
      throws InterruptedException {
    if (passed.size() == rules.maxRedirects()) {
      return new Fetched.Unusable("more than %d redirects".formatted(rules.maxRedirects()));
    }
    WebAddress next;
    try {
      next = from.follow(location);
    } catch (IllegalArgumentException e) {
      return new Fetched.Unusable("a redirect " + e.getMessage());
    }
    if (from.isEncrypted() && !next.isEncrypted()) {
      return new Fetched.Blocked("a redirect leads from https to http");
    }
    return follow(
        next, Stream.concat(passed.stream(), Stream.of(from)).toList(), deadline, politely);
  }

  @Override
  public void close() {
    exchange.close();
  }
}
