package dev.errand.engine.retention;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// How long a task is kept after its end, with everything that belongs to it. Tasks that have not
/// ended are kept however old they are.
///
/// @param life of the tasks whose type has no life of its own; they go by the week, up to two weeks
///   later
/// @param byType shorter lives, by task type
public record Retention(Duration life, Map<String, Duration> byType) {
  private static final Duration SHORTEST = Duration.ofDays(1);
  private static final Duration LONGEST = Duration.ofDays(36_500);

  /// A month, and for blog posts a day: whoever asks for one keeps it.
  public static final Retention DEFAULT =
      new Retention(Duration.ofDays(30), Map.of("blog_post", Duration.ofDays(1)));

  public Retention {
    byType = Collections.unmodifiableMap(new TreeMap<>(byType));
    check(within(life, LONGEST), "RETENTION_DAYS must be 1 to 36500");
    for (Map.Entry<String, Duration> own : byType.entrySet()) {
      check(
          within(own.getValue(), life),
          "RETENTION_DAYS_BY_TYPE must give %s 1 day or more, and no more than RETENTION_DAYS"
              .formatted(own.getKey()));
    }
  }

  /// The life that ends first.
  public Duration shortest() {
    return byType.isEmpty() ? life : Collections.min(byType.values());
  }

  private static boolean within(Duration life, Duration most) {
    return life.compareTo(SHORTEST) >= 0 && life.compareTo(most) <= 0;
  }

  private static void check(boolean holds, String complaint) {
    if (!holds) {
      throw new IllegalArgumentException(complaint);
    }
  }
}
