package dev.errand.handlers.fetch;

import crawlercommons.robots.SimpleRobotRules;
import crawlercommons.robots.SimpleRobotRules.RobotRulesMode;
import crawlercommons.robots.SimpleRobotRulesParser;
import dev.errand.handlers.fetch.FetchResult.Blocked;
import dev.errand.handlers.fetch.FetchResult.Page;
import dev.errand.handlers.fetch.FetchResult.Refused;
import dev.errand.handlers.fetch.FetchResult.Unreachable;
import dev.errand.handlers.fetch.FetchResult.Unusable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What sites allow robots in `/robots.txt` (RFC 9309). A site's file is cached for a day. A
/// missing file allows everything; an unreachable one forbids everything and is tried again after a
/// minute.
///
/// Thread-safe.
final class Robots {
  private static final Duration KEPT = Duration.ofHours(24);
  private static final Duration KEPT_WHEN_UNREACHABLE = Duration.ofMinutes(1);
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(10);
  private static final int MAX_SITES = 2_000;

  private final String name;
  private final InstantSource clock;
  private final SimpleRobotRulesParser parser = new SimpleRobotRulesParser();
  private final Map<String, Known> sites =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
          return size() > MAX_SITES;
        }
      }; // guarded by this

  /// How a file is fetched.
  interface Source {
    FetchResult fetch(WebAddress address) throws InterruptedException;
  }

  /// @param problem why nothing may be fetched for now
  private record Known(SimpleRobotRules rules, Optional<FetchResult> problem, Instant until) {}

  /// @param userAgent whose product name is looked for in the files, such as `errand` of
  ///   `Errand/0.1`
  Robots(String userAgent, InstantSource clock) {
    this.name = userAgent.split("[/\\s]", 2)[0].toLowerCase(Locale.ROOT);
    this.clock = clock;
  }

  /// Why a page may not be fetched; empty when it may.
  Optional<FetchResult> refusal(WebAddress address, Source source) throws InterruptedException {
    if (address.uri().getRawPath().equals("/robots.txt")) {
      return Optional.empty();
    }
    Known known = known(address, source);
    if (known.problem().isPresent()) {
      return known.problem();
    }
    return known.rules().isAllowed(address.toString())
        ? Optional.empty()
        : Optional.of(
            new Blocked("the robots.txt of %s asks not to fetch this".formatted(address.host())));
  }

  /// How long the site wants to be left alone between two fetches, as far as it is known already.
  synchronized Duration delay(WebAddress address) {
    Known known = sites.get(file(address).toString());
    if (known == null || known.rules().getCrawlDelay() <= 0) {
      return Duration.ZERO;
    }
    Duration delay = Duration.ofMillis(known.rules().getCrawlDelay());
    return delay.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : delay;
  }

  private Known known(WebAddress address, Source source) throws InterruptedException {
    WebAddress file = file(address);
    synchronized (this) {
      Known known = sites.get(file.toString());
      if (known != null && clock.instant().isBefore(known.until())) {
        return known;
      }
    }
    Known asked = judge(file, source.fetch(file));
    synchronized (this) {
      sites.put(file.toString(), asked);
    }
    return asked;
  }

  private Known judge(WebAddress file, FetchResult answer) {
    return switch (answer) {
      case Page page -> kept(rules(file, page));
      case Refused refused when refused.status() < 500 && refused.status() != 429 ->
          kept(new SimpleRobotRules(RobotRulesMode.ALLOW_ALL));
      case Refused refused -> unreachable(refused);
      case Unreachable(String why) -> unreachable(new Unreachable("its robots.txt: " + why));
      case Blocked _, Unusable _ -> kept(new SimpleRobotRules(RobotRulesMode.ALLOW_ALL));
    };
  }

  private SimpleRobotRules rules(WebAddress file, Page page) {
    return parser.parseContent(
        file.toString(),
        page.body().bytes(),
        page.contentType().orElse("text/plain"),
        List.of(name));
  }

  private Known kept(SimpleRobotRules rules) {
    return new Known(rules, Optional.empty(), clock.instant().plus(KEPT));
  }

  private Known unreachable(FetchResult problem) {
    return new Known(
        new SimpleRobotRules(RobotRulesMode.ALLOW_NONE),
        Optional.of(problem),
        clock.instant().plus(KEPT_WHEN_UNREACHABLE));
  }

  private static WebAddress file(WebAddress address) {
    return WebAddress.of(address.uri().resolve("/robots.txt").toString());
  }
}
