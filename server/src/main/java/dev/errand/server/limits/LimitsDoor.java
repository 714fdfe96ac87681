package dev.errand.server.limits;

import dev.errand.engine.limits.Limits;
import java.util.List;
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

  public record LimitsJson(
      long taskMaxRuntimeSeconds,
      long taskMaxArtifactMb,
      int tasksPerMinute,
      List<String> searchSourceAllowlist,
      List<String> fetchDomainAllowlist,
      int maxBatchSize,
      long searchCacheTtlSeconds,
      long fetchCacheTtlSeconds,
      int searchMaxResults) {

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
          limits.searchMaxResults());
    }
  }
}
