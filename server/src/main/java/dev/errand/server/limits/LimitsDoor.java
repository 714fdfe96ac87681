package dev.errand.server.limits;

import dev.errand.engine.budget.Allowance;
import dev.errand.engine.limits.Limits;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// `GET /limits`: what this installation allows, each limit under its variable's name.
@RestController
public final class LimitsDoor {
  private final LimitsJson limits;

  public LimitsDoor(Limits limits) {
    this.limits = LimitsJson.of(limits);
  }

  @GetMapping("/limits")
  LimitsJson limits() {
    return limits;
  }

  /// A budget without a limit is `null`.
  public record LimitsJson(
      long taskMaxRuntimeSeconds,
      long taskMaxArtifactMb,
      int tasksPerMinute,
      List<String> searchSourceAllowlist,
      List<String> fetchDomainAllowlist,
      int maxBatchSize,
      long searchCacheTtlSeconds,
      long fetchCacheTtlSeconds,
      int searchMaxResults,
      @Nullable Long budgetTaskTokens,
      @Nullable BigDecimal budgetTaskUsd,
      @Nullable Long budgetUserTokensPerDay,
      @Nullable BigDecimal budgetUserUsdPerDay,
      @Nullable Long budgetTokensPerDay,
      @Nullable BigDecimal budgetUsdPerDay) {

    static LimitsJson of(Limits limits) {
      return new LimitsJson(
          limits.maxRuntime().toSeconds(),
          limits.maxArtifactBytes() >> 20,
          limits.tasksPerMinute(),
          limits.searchSources(),
          limits.fetchDomains(),
          limits.maxBatchSize(),
          limits.searchCacheFor().toSeconds(),
          limits.fetchCacheFor().toSeconds(),
          limits.searchMaxResults(),
          limits.budgets().task().tokens(),
          dollars(limits.budgets().task()),
          limits.budgets().user().tokens(),
          dollars(limits.budgets().user()),
          limits.budgets().day().tokens(),
          dollars(limits.budgets().day()));
    }

    private static @Nullable BigDecimal dollars(Allowance allowance) {
      return allowance.money() == null ? null : allowance.money().dollars();
    }
  }
}
