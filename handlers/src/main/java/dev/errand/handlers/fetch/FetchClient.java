package dev.errand.handlers.fetch;

import dev.errand.handlers.fetch.Exchange.Reply;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/// Fetches pages. Follows redirects itself, so that every hop is held against the rules; sends no
/// cookies, no credentials and no request but GET, and uses no proxy.
///
/// Thread-safe. A fetch blocks for at most the time the rules allow; on a virtual thread it also
/// ends as soon as the thread is interrupted.
public final class FetchClient implements AutoCloseable {
  private final FetchRules rules;
  private final Exchange exchange;

  public FetchClient(FetchRules rules) {
    this(rules, SystemDefaultDnsResolver.INSTANCE);
  }

  FetchClient(FetchRules rules, DnsResolver resolver) {
    this.rules = rules;
    this.exchange = new Exchange(rules, new GuardedDns(resolver, rules.exceptions()));
  }

  public Fetched fetch(WebAddress address) throws InterruptedException {
    return follow(address, List.of(), Instant.now().plus(rules.answerFor()));
  }

  /// @param passed the addresses that led here
  private Fetched follow(WebAddress address, List<WebAddress> passed, Instant deadline)
      throws InterruptedException {
    Optional<Fetched.Blocked> refusal = rules.refusal(address);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    // A rule that asks the site's robots.txt belongs here, where every hop comes by.
    return switch (exchange.get(address, passed, deadline)) {
      case Reply.Ended(Fetched fetched) -> fetched;
      case Reply.Redirect(String location) -> redirect(address, location, passed, deadline);
    };
  }

  private Fetched redirect(
      WebAddress from, String location, List<WebAddress> passed, Instant deadline)
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
    return follow(next, Stream.concat(passed.stream(), Stream.of(from)).toList(), deadline);
  }

  @Override
  public void close() {
    exchange.close();
  }
}
