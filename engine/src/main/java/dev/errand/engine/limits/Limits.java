package dev.errand.engine.limits;

import dev.errand.engine.budget.BudgetLimits;
import java.time.Duration;
import java.util.List;

/// What an installation allows. The environment variable of each is its key in `GET /limits`.
///
/// @param maxRuntime how long an attempt may run at most, whatever the task asks for
/// @param maxArtifactBytes size of one artifact
/// @param tasksPerMinute submissions of one user
/// @param searchSources providers that a search may name
/// @param fetchDomains domains that may be fetched, with their subdomains; `*` stands for all
/// @param maxBatchSize queries of one batch search
/// @param searchCacheFor how long search results are reused
/// @param fetchCacheFor how long fetched pages are reused
/// @param searchMaxResults hits a provider is asked for
/// @param budgets what may be spent on tokens and money
public record Limits(
    Duration maxRuntime,
    long maxArtifactBytes,
    int tasksPerMinute,
    List<String> searchSources,
    List<String> fetchDomains,
    int maxBatchSize,
    Duration searchCacheFor,
    Duration fetchCacheFor,
    int searchMaxResults,
    BudgetLimits budgets) {

  public static final Limits DEFAULTS =
      new Limits(
          Duration.ofMinutes(10),
          25L * 1024 * 1024,
          30,
          List.of("brave"),
          List.of("*"),
          50,
          Duration.ofHours(1),
          Duration.ofHours(1),
          10,
          BudgetLimits.NONE);

  public Limits {
    searchSources = List.copyOf(searchSources);
    fetchDomains = List.copyOf(fetchDomains);
    check(
        maxRuntime.compareTo(Duration.ofSeconds(1)) >= 0, "TASK_MAX_RUNTIME_SECONDS", "1 or more");
    check(maxArtifactBytes >= 1, "TASK_MAX_ARTIFACT_MB", "1 or more");
    check(tasksPerMinute >= 1, "TASKS_PER_MINUTE", "1 or more");
    check(maxBatchSize >= 1, "MAX_BATCH_SIZE", "1 or more");
    check(!searchCacheFor.isNegative(), "SEARCH_CACHE_TTL_SECONDS", "0 or more");
    check(!fetchCacheFor.isNegative(), "FETCH_CACHE_TTL_SECONDS", "0 or more");
    check(searchMaxResults >= 1, "SEARCH_MAX_RESULTS", "1 or more");
  }

  private static void check(boolean holds, String key, String expected) {
    if (!holds) {
      throw new IllegalArgumentException("%s must be %s".formatted(key, expected));
    }
  }
}
