package dev.errand.server.config;

import dev.errand.engine.budget.Allowance;
import dev.errand.engine.budget.BudgetLimits;
import dev.errand.engine.budget.Money;
import dev.errand.engine.limits.Limits;
import dev.errand.engine.retention.Retention;
import dev.errand.engine.worker.WorkerConfig;
import dev.errand.handlers.fetch.FetchRules;
import dev.errand.handlers.fetch.Politeness;
import dev.errand.handlers.fetch.PrivateAllowlist;
import dev.errand.handlers.model.ModelSettings;
import dev.errand.handlers.search.provider.SearchSettings;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Everything a server is told from outside.
///
/// @param data the directory that holds all this server keeps
/// @param artifacts the directory of the artifacts' bytes, one for all servers of one database
/// @param database empty for the embedded PostgreSQL in the data directory
/// @param worker how a node works tasks off
/// @param retention how long ended tasks are kept
/// @param scrapes what monitoring shows to read the metrics; without it they are the
///   administrator's, and open on a node without an API
/// @param access who is let in, and for how long
/// @param blogWait how long a caller waits for a blog post at most, up to an hour
/// @param politeness how those are treated whose pages are fetched
/// @param model the language model, empty when none is configured
/// @param search the search engines
/// @param variables what was read and where it came from
public record Settings(
    NodeRole role,
    HttpSettings http,
    Path data,
    Path artifacts,
    Optional<DatabaseAddress> database,
    Limits limits,
    FetchRules fetch,
    Politeness politeness,
    WorkerConfig worker,
    Retention retention,
    LogFormat log,
    Optional<MetricsToken> scrapes,
    AccessSettings access,
    PushSettings push,
    Duration blogWait,
    Optional<ModelSettings> model,
    SearchSettings search,
    List<Variable> variables) {

  public Settings {
    variables = List.copyOf(variables);
  }

  /// @param options what the command line says, by variable name; goes before the environment
  /// @throws InvalidSettings naming each variable that is wrong
  public static Settings read(Map<String, String> options, Map<String, String> environment) {
    Reading reading = new Reading(new Variables(options, environment));
    Settings settings = reading.settings(usualData(environment));
    reading.variables.orThrow();
    return settings;
  }

  /// What the launcher found to be usual here; without it, where programs keep the data of the user
  /// who runs them.
  private static Path usualData(Map<String, String> environment) {
    String usual = environment.getOrDefault("ERRAND_USUAL_DATA_DIR", "");
    if (!usual.isEmpty()) {
      return path(usual);
    }
    String shared = environment.getOrDefault("XDG_DATA_HOME", "");
    String home = environment.getOrDefault("HOME", System.getProperty("user.home"));
    Path parent = shared.isEmpty() ? path(home).resolve(".local").resolve("share") : path(shared);
    return parent.resolve("errand");
  }

  private static Path path(String text) {
    // InvalidPathException is an IllegalArgumentException and says what is wrong with the path.
    return Path.of(text).toAbsolutePath().normalize();
  }

  /// One reading of all variables; the names of the contract stand here and nowhere else.
  private static final class Reading {
    private static final int OWN_TASKS_PER_MINUTE = 6_000;
    private static final String NO_LIMIT = "no limit";
    private static final Pattern TOKENS = Pattern.compile("\\d{1,15}");

    private final Variables variables;

    /// What a site's robots.txt means to us.
    private enum Robots {
      OBEY,
      IGNORE
    }

    Reading(Variables variables) {
      this.variables = variables;
    }

    Settings settings(Path usualData) {
      NodeRole role = oneOf("ERRAND_ROLE", NodeRole.ALL, NodeRole.values());
      HttpSettings http = http();
      Path data = variables.get("ERRAND_DATA_DIR", usualData, Path::toString, Settings::path);
      Path artifacts =
          variables.get(
              "ERRAND_ARTIFACT_DIR", data.resolve("artifacts"), Path::toString, Settings::path);
      Optional<DatabaseAddress> database =
          variables.find(
              "DATABASE_URL",
              "embedded PostgreSQL in the data directory",
              DatabaseAddress::toString,
              DatabaseAddress::parse);
      Limits limits = limits(database.isEmpty());
      FetchRules fetch = fetch(limits.fetchDomains());
      Retention retention = retention();
      variables.require(
          role != NodeRole.WORKER || database.isPresent(),
          "ERRAND_ROLE=worker needs DATABASE_URL: the embedded database belongs to one server");
      LogFormat log = oneOf("ERRAND_LOG", LogFormat.AUTO, LogFormat.values());
      Optional<MetricsToken> scrapes =
          variables.find("ERRAND_METRICS_TOKEN", "none", MetricsToken::toString, MetricsToken::new);
      AccessSettings access = AccessSettings.read(variables);
      return new Settings(
          role,
          http,
          data,
          artifacts,
          database,
          limits,
          fetch,
          politeness(),
          worker(),
          retention,
          log,
          scrapes,
          access,
          push(),
          blogWait(),
          ModelVariables.read(variables),
          SearchVariables.read(variables),
          variables.read());
    }

    private WorkerConfig worker() {
      WorkerConfig defaults = WorkerConfig.DEFAULTS;
      int concurrency = whole("ERRAND_CONCURRENCY", defaults.concurrency());
      boolean possible = concurrency >= 1 && concurrency <= WorkerConfig.MAX_CONCURRENCY;
      variables.require(
          possible,
          "ERRAND_CONCURRENCY must be 1 to %d, not %d"
              .formatted(WorkerConfig.MAX_CONCURRENCY, concurrency));
      return possible ? defaults.withConcurrency(concurrency) : defaults;
    }

    private PushSettings push() {
      Optional<URI> address =
          variables.find(
              "BACKEND_URL", "the address by which it is called", URI::toString, HttpUrl::parse);
      Optional<QStashKey> current = qstashKey("QSTASH_CURRENT_SIGNING_KEY");
      Optional<QStashKey> next = qstashKey("QSTASH_NEXT_SIGNING_KEY");
      return new PushSettings(address, Stream.of(current, next).flatMap(Optional::stream).toList());
    }

    /// Usually less than what proxies wait for an answer that has not begun.
    private Duration blogWait() {
      Duration wait = seconds("BLOG_WAIT_SECONDS", Duration.ofMinutes(4));
      variables.require(
          !wait.isNegative() && wait.compareTo(Duration.ofHours(1)) <= 0,
          "BLOG_WAIT_SECONDS must be 0 to 3600, not " + wait.toSeconds());
      return wait;
    }

    private Optional<QStashKey> qstashKey(String name) {
      return variables.find(name, "none", QStashKey::toString, QStashKey::new);
    }

    private HttpSettings http() {
      HttpSettings defaults = HttpSettings.DEFAULTS;
      String host = variables.get("ERRAND_HOST", defaults.host(), text -> text, text -> text);
      int port = whole("ERRAND_PORT", defaults.port());
      return variables.checked(
          defaults,
          () -> {
            HttpSettings http = new HttpSettings(host, port);
            http.address();
            return http;
          });
    }

    /// @param ownMachine whether the database is the embedded one, which has a single user
    private Limits limits(boolean ownMachine) {
      Limits defaults = Limits.DEFAULTS;
      Duration maxRuntime = seconds("TASK_MAX_RUNTIME_SECONDS", defaults.maxRuntime());
      long artifactMegabytes =
          whole("TASK_MAX_ARTIFACT_MB", (int) (defaults.maxArtifactBytes() >> 20));
      int tasksPerMinute =
          whole("TASKS_PER_MINUTE", ownMachine ? OWN_TASKS_PER_MINUTE : defaults.tasksPerMinute());
      List<String> sources = words("SEARCH_SOURCE_ALLOWLIST", defaults.searchSources());
      List<String> domains = words("FETCH_DOMAIN_ALLOWLIST", defaults.fetchDomains());
      int maxBatchSize = whole("MAX_BATCH_SIZE", defaults.maxBatchSize());
      Duration searchCacheFor = seconds("SEARCH_CACHE_TTL_SECONDS", defaults.searchCacheFor());
      Duration fetchCacheFor = seconds("FETCH_CACHE_TTL_SECONDS", defaults.fetchCacheFor());
      int searchMaxResults = whole("SEARCH_MAX_RESULTS", defaults.searchMaxResults());
      BudgetLimits budgets =
          new BudgetLimits(
              allowance("BUDGET_TASK_TOKENS", "BUDGET_TASK_USD"),
              allowance("BUDGET_USER_TOKENS_PER_DAY", "BUDGET_USER_USD_PER_DAY"),
              allowance("BUDGET_TOKENS_PER_DAY", "BUDGET_USD_PER_DAY"));
      return variables.checked(
          defaults,
          () ->
              new Limits(
                  maxRuntime,
                  bytes(artifactMegabytes),
                  tasksPerMinute,
                  sources,
                  domains,
                  maxBatchSize,
                  searchCacheFor,
                  fetchCacheFor,
                  searchMaxResults,
                  budgets));
    }

    private Allowance allowance(String tokens, String usd) {
      return new Allowance(
          variables.find(tokens, NO_LIMIT, String::valueOf, Reading::tokens).orElse(null),
          variables
              .find(usd, NO_LIMIT, money -> money.dollars().toPlainString(), Reading::dollars)
              .orElse(null));
    }

    private static Long tokens(String text) {
      if (!TOKENS.matcher(text).matches()) {
        throw Values.expected("a whole number, 0 or more", text);
      }
      return Long.valueOf(text);
    }

    private static Money dollars(String text) {
      try {
        return Money.dollars(new BigDecimal(text));
      } catch (NumberFormatException _) {
        throw Values.expected("an amount such as 2.50", text);
      }
    }

    private FetchRules fetch(List<String> domains) {
      List<String> privately = words(PrivateAllowlist.KEY, List.of());
      return variables.checked(
          FetchRules.DEFAULTS,
          () -> FetchRules.DEFAULTS.allowing(domains, PrivateAllowlist.of(privately)));
    }

    private Politeness politeness() {
      boolean robots = oneOf("FETCH_ROBOTS", Robots.OBEY, Robots.values()) == Robots.OBEY;
      Duration gap = seconds("FETCH_HOST_GAP_SECONDS", Politeness.DEFAULTS.gap());
      return variables.checked(
          Politeness.DEFAULTS, () -> new Politeness(robots, gap, Politeness.DEFAULTS.atOnce()));
    }

    private Retention retention() {
      Retention defaults = Retention.DEFAULT;
      Duration life =
          variables.get(
              "RETENTION_DAYS",
              defaults.life(),
              Reading::daysOf,
              text -> Duration.ofDays(Values.whole(text)));
      Map<String, Duration> byType =
          variables.get(
              "RETENTION_DAYS_BY_TYPE", defaults.byType(), Reading::daysOf, Reading::daysByType);
      return variables.checked(defaults, () -> new Retention(life, byType));
    }

    private static String daysOf(Duration life) {
      return String.valueOf(life.toDays());
    }

    private static String daysOf(Map<String, Duration> lives) {
      return lives.entrySet().stream()
          .map(life -> life.getKey() + "=" + daysOf(life.getValue()))
          .sorted()
          .collect(Collectors.joining(","));
    }

    private static Map<String, Duration> daysByType(String text) {
      Map<String, Duration> lives = new HashMap<>();
      for (String word : Values.words(text)) {
        String[] parts = word.split("=", -1);
        if (parts.length != 2
            || parts[0].isBlank()
            || lives.put(parts[0].strip(), Duration.ofDays(Values.whole(parts[1].strip())))
                != null) {
          throw Values.expected("one life in days for each type, such as echo=1,research=7", text);
        }
      }
      return lives;
    }

    private static long bytes(long megabytes) {
      // An artifact is held in memory while it is stored.
      if (megabytes > 1024) {
        throw new IllegalArgumentException("TASK_MAX_ARTIFACT_MB must be 1 to 1024");
      }
      return megabytes << 20;
    }

    private int whole(String name, int fallback) {
      return variables.get(name, fallback, String::valueOf, Values::whole);
    }

    private Duration seconds(String name, Duration fallback) {
      return variables.get(
          name,
          fallback,
          duration -> String.valueOf(duration.toSeconds()),
          text -> Duration.ofSeconds(Values.whole(text)));
    }

    private List<String> words(String name, List<String> fallback) {
      Function<List<String>, String> show = words -> String.join(",", words);
      return variables.get(name, fallback, show, Values::words);
    }

    private <E extends Enum<E>> E oneOf(String name, E fallback, E[] values) {
      return variables.get(name, fallback, Values::word, Values.oneOf(values));
    }
  }
}
