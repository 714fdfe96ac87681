package dev.errand.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.engine.cache.Cache;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [Cache] must remember, and forget.
public abstract class CacheContract {
  private static final Duration HOUR = Duration.ofHours(1);

  private @Nullable Cache cache;

  /// One that holds nothing; called once for each test.
  protected abstract Cache emptyCache();

  /// Lets `time` pass for everything the cache holds.
  protected abstract void timePasses(Duration time);

  @BeforeEach
  final void makeCache() {
    cache = emptyCache();
  }

  @Test
  void what_was_never_put_is_not_found() {
    assertThat(cache().find("a")).isEmpty();
  }

  @Test
  void what_was_put_is_found_under_its_own_key_only() {
    cache().put("a", "{\"text\":\"Größe, 漢字, 🙂\"}", HOUR);

    assertThat(cache().find("a")).contains("{\"text\":\"Größe, 漢字, 🙂\"}");
    assertThat(cache().find("A")).isEmpty();
    assertThat(cache().find("a ")).isEmpty();
  }

  @Test
  void the_latest_value_and_its_life_count() {
    cache().put("a", "old", HOUR.multipliedBy(9));
    cache().put("a", "new", HOUR);

    assertThat(cache().find("a")).contains("new");
    timePasses(HOUR.plusSeconds(1));
    assertThat(cache().find("a")).isEmpty();
  }

  @Test
  void a_value_is_found_until_its_life_is_over() {
    cache().put("a", "1", HOUR);
    timePasses(HOUR.minusMinutes(1));
    assertThat(cache().find("a")).contains("1");

    timePasses(Duration.ofMinutes(2));
    assertThat(cache().find("a")).isEmpty();
  }

  @Test
  void what_has_expired_can_be_put_again_beside_others() {
    cache().put("a", "1", HOUR);
    cache().put("b", "1", HOUR.multipliedBy(3));
    timePasses(HOUR.plusMinutes(1));
    cache().put("a", "2", HOUR);

    assertThat(cache().find("a")).contains("2");
    assertThat(cache().find("b")).contains("1");
  }

  @Test
  void keys_may_be_as_long_as_they_are_said_to_be() {
    String longest = "k".repeat(Cache.LONGEST_KEY);
    cache().put(longest, "1", HOUR);

    assertThat(cache().find(longest)).contains("1");
  }

  @Test
  void writers_that_race_for_a_key_leave_one_of_their_values() throws Exception {
    List<Callable<Boolean>> racers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String value = "value " + i;
      racers.add(() -> {
        for (int n = 0; n < 20; n++) {
          cache().put("contested", value, HOUR);
        }
        return cache().find("contested").isPresent();
      });
    }

    assertThat(Race.between(racers)).containsOnly(true);
    assertThat(cache().find("contested").orElseThrow()).startsWith("value ");
  }

  private Cache cache() {
    return Objects.requireNonNull(cache, "No test is running");
  }
}
