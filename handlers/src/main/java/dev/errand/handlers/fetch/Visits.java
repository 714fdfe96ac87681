package dev.errand.handlers.fetch;

import dev.errand.handlers.fetch.Exchange.Response;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is found at one address: from the cache while it is fresh there, by a request otherwise.
///
/// Thread-safe.
final class Visits {
  private final Exchange exchange;
  private final GuardedDns dns;
  private final String userAgent;
  private final Optional<PageCache> pages;

  /// What to do next.
  sealed interface Visit {
    record LeadsOn(String location) implements Visit {}

    record Ended(FetchResult fetched) implements Visit {}
  }

  Visits(Exchange exchange, GuardedDns dns, String userAgent, Optional<PageCache> pages) {
    this.exchange = exchange;
    this.dns = dns;
    this.userAgent = userAgent;
    this.pages = pages;
  }

  /// What the cache has, fresh or stale.
  Optional<CachedResponse> kept(WebAddress address) {
    return pages.flatMap(cache -> cache.find(address, userAgent));
  }

  /// The cached answer while it is fresh; empty when a request must be made. The name is resolved
  /// and checked as for a request: it may lead inside now, or on this node.
  ///
  /// @param passed the addresses that redirected here
  Optional<Visit> known(CachedResponse kept, WebAddress address, List<WebAddress> passed) {
    if (pages.filter(cache -> cache.isFresh(kept)).isEmpty()) {
      return Optional.empty();
    }
    try {
      dns.resolve(address.host());
    } catch (UnknownHostException e) {
      return Optional.of(new Visit.Ended(Exchange.failure(e, address)));
    }
    return Optional.of(visit(kept, address, passed));
  }

  /// Makes a request.
  ///
  /// @param kept a stale page, of which the server is asked whether it has changed
  Visit make(
      WebAddress address, List<WebAddress> passed, Optional<CachedResponse> kept, Duration within)
      throws InterruptedException {
    Map<String, String> conditions = kept.map(CachedResponse::conditions).orElse(Map.of());
    return switch (exchange.get(address, conditions, within)) {
      case Response.Failed(FetchResult why) -> new Visit.Ended(why);
      case Response.Redirect redirect -> {
        pages.ifPresent(cache -> cache.keep(address, userAgent, redirect));
        yield new Visit.LeadsOn(redirect.location());
      }
      case Response.Page page -> {
        pages.ifPresent(cache -> cache.keep(address, userAgent, page));
        yield new Visit.Ended(
            new FetchResult.Page(
                address, passed, page.status(), page.contentType(), page.body(), page.at()));
      }
      case Response.Unchanged unchanged ->
          visit(renewed(kept.orElseThrow(), address, unchanged), address, passed);
    };
  }

  private CachedResponse renewed(
      CachedResponse kept, WebAddress address, Response.Unchanged unchanged) {
    return pages.orElseThrow().renew(address, userAgent, kept, unchanged);
  }

  private static Visit visit(CachedResponse kept, WebAddress address, List<WebAddress> passed) {
    return kept.location() == null
        ? new Visit.Ended(page(kept, address, passed))
        : new Visit.LeadsOn(kept.location());
  }

  private static FetchResult.Page page(
      CachedResponse kept, WebAddress address, List<WebAddress> passed) {
    return new FetchResult.Page(
        address,
        passed,
        kept.status(),
        Optional.ofNullable(kept.contentType()),
        kept.body().orElseThrow(),
        kept.at());
  }
}
