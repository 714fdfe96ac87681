package dev.errand.handlers.search;

import dev.errand.engine.attempt.InvalidParams;
import java.util.List;
import java.util.Map;

/// The sources that a search may name here. Immutable.
public final class Sources {
  private static final String ALLOWLIST = "SEARCH_SOURCE_ALLOWLIST";

  private final Search search;
  private final List<String> allowed;
  private final Map<String, String> howToConfigure;

  /// @param allowed by configuration
  /// @param howToConfigure for each source that may be missing, the variable that it needs
  public Sources(Search search, List<String> allowed, Map<String, String> howToConfigure) {
    this.search = search;
    this.allowed = List.copyOf(allowed);
    this.howToConfigure = Map.copyOf(howToConfigure);
  }

  /// The sources that are configured and allowed, in the order of the allow-list.
  public List<String> usable() {
    return allowed.stream().filter(search.sources()::contains).distinct().toList();
  }

  /// What is asked when a search names no source: the first that is usable, or none.
  public List<String> usual() {
    return usable().stream().limit(1).toList();
  }

  /// Notes against its field each source that cannot be asked.
  ///
  /// @param named empty where the search names nothing
  void check(List<String> named, InvalidParams.Check check) {
    check.that(!named.isEmpty() || !usual().isEmpty(), "/sources", none());
    for (int i = 0; i < named.size(); i++) {
      check(named.get(i), "/sources/" + i, check);
    }
  }

  /// Notes against `pointer` when `source` cannot be asked.
  public void check(String source, String pointer, InvalidParams.Check check) {
    boolean configured = search.sources().contains(source);
    check
        .that(
            configured || !howToConfigure.containsKey(source),
            pointer,
            "'%s' is not configured: an administrator can set %s; %s"
                .formatted(source, howToConfigure.get(source), available()))
        .that(
            configured || howToConfigure.containsKey(source),
            pointer,
            "'%s' is no source that is known here; %s".formatted(source, available()))
        .that(
            !configured || allowed.contains(source),
            pointer,
            "'%s' is not among the sources that may be searched; an administrator can add it to %s; %s"
                .formatted(source, ALLOWLIST, available()));
  }

  /// Notes against `pointer` why one of the sources would refuse the query.
  void check(String query, List<String> sources, String pointer, InvalidParams.Check check) {
    for (String source : sources) {
      search
          .refusal(source, SearchQuery.normal(query))
          .ifPresent(refusal -> check.that(false, pointer, refusal));
    }
  }

  private String available() {
    return usable().isEmpty() ? "none is available" : "available are " + listed();
  }

  private String listed() {
    return String.join(", ", usable());
  }

  /// Sources that are ready to use and only not allowed.
  private String others() {
    List<String> others =
        search.sources().stream().filter(source -> !allowed.contains(source)).sorted().toList();
    return others.isEmpty()
        ? ""
        : ", or name in %s what is ready: %s".formatted(ALLOWLIST, String.join(", ", others));
  }

  private String none() {
    return "no source is available: of those in %s (%s), none is configured; an administrator can set %s%s"
        .formatted(
            ALLOWLIST,
            String.join(", ", allowed),
            allowed.stream()
                .map(source -> howToConfigure.getOrDefault(source, ALLOWLIST))
                .distinct()
                .reduce((one, other) -> one + " or " + other)
                .orElse(ALLOWLIST),
            others());
  }
}
