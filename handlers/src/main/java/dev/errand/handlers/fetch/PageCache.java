package dev.errand.handlers.fetch;

import dev.errand.engine.attempt.Json;
import dev.errand.engine.cache.Cache;
import dev.errand.engine.hash.Sha256;
import dev.errand.handlers.fetch.Exchange.Response;
import dev.errand.handlers.json.JsonCache;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/// The recent answers of servers, shared by all nodes, as far as they allow it (RFC 9111): pages
/// and permanent redirects. Errors are never kept.
///
/// The key is the whole address as [WebAddress] writes it: addresses that differ in a tracking
/// parameter or in the order of their query may be different pages. Our user agent is part of the
/// key, because some servers answer different programs differently.
///
/// Thread-safe.
public final class PageCache {
  /// The size of one page, compressed and in base64; a larger one is not cached.
  private static final int LARGEST = 1 << 20;

  /// A page with a validator is kept for so many times the life, to be asked about once it is
  /// stale.
  private static final int LIVES = 24;

  private static final Set<Integer> MEANT_TO_LAST = Set.of(301, 308);
  private static final int OK = 200;

  private final JsonCache remembered;
  private final Duration life;
  private final InstantSource clock;

  /// @param life how long a page is used without asking its server, unless the server says less;
  ///   zero caches nothing
  public PageCache(Cache cache, Json json, Duration life, InstantSource clock) {
    this.remembered = new JsonCache(cache, json);
    this.life = life;
    this.clock = clock;
  }

  /// The cached answer of `address`, fresh or stale.
  Optional<CachedResponse> find(WebAddress address, String userAgent) {
    return life.isZero()
        ? Optional.empty()
        : remembered.find(key(address, userAgent), CachedResponse.class);
  }

  boolean isFresh(CachedResponse kept) {
    return kept.isFresh(clock.instant());
  }

  void keep(WebAddress address, String userAgent, Response.Page page) {
    if (page.status() == OK && isWanted(page.caching())) {
      Duration fresh = fresh(page.caching(), life);
      CachedResponse kept = CachedResponse.of(page, until(fresh));
      if (kept.zipped() != null && kept.zipped().length() <= LARGEST) {
        put(address, userAgent, kept, fresh);
      }
    }
  }

  /// A temporary redirect is kept only when the server says for how long (RFC 9111, 4.2.2).
  void keep(WebAddress address, String userAgent, Response.Redirect redirect) {
    if (isWanted(redirect.caching())) {
      boolean lasts = MEANT_TO_LAST.contains(redirect.status());
      Duration fresh = fresh(redirect.caching(), lasts ? life : Duration.ZERO);
      put(address, userAgent, CachedResponse.of(redirect, until(fresh)), fresh);
    }
  }

  /// @return the page as it is from now on
  CachedResponse renew(
      WebAddress address, String userAgent, CachedResponse known, Response.Unchanged unchanged) {
    Duration fresh = fresh(unchanged.caching(), life);
    CachedResponse renewed = known.renewed(unchanged, until(fresh));
    if (isWanted(unchanged.caching())) {
      put(address, userAgent, renewed, fresh);
    }
    return renewed;
  }

  private boolean isWanted(Caching caching) {
    return !life.isZero() && caching.mayBeKept();
  }

  /// @param unsaid the lifetime when the server does not say
  private Duration fresh(Caching caching, Duration unsaid) {
    Duration said = caching.lifetime().orElse(unsaid);
    return said.compareTo(life) < 0 ? said : life;
  }

  private Instant until(Duration fresh) {
    return clock.instant().plus(fresh);
  }

  private void put(WebAddress address, String userAgent, CachedResponse kept, Duration fresh) {
    boolean canBeAskedAbout = !kept.conditions().isEmpty();
    remembered.keep(
        key(address, userAgent), kept, canBeAskedAbout ? life.multipliedBy(LIVES) : fresh);
  }

  private static String key(WebAddress address, String userAgent) {
    return "page:" + Sha256.hex(userAgent + "\n" + address);
  }
}
