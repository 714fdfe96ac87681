package dev.errand.testkit.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.engine.schedule.Cron;
import dev.errand.engine.schedule.InvalidCron;
import dev.errand.engine.schedule.Rhythm;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronTest {
  /// The first moments after Wednesday, 1 January 2025, 00:00:00 UTC.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          * * * * *            | 2025-01-01T00:01 2025-01-01T00:02
          * * * * * *          | 2025-01-01T00:00:01 2025-01-01T00:00:02
          */20 * * * * *       | 2025-01-01T00:00:20 2025-01-01T00:00:40 2025-01-01T00:01
          5/20 0 9 * * *       | 2025-01-01T09:00:05 2025-01-01T09:00:25 2025-01-01T09:00:45 2025-01-02T09:00:05
          30 2 * * *           | 2025-01-01T02:30 2025-01-02T02:30
          0 9-17/4 * * *       | 2025-01-01T09:00 2025-01-01T13:00 2025-01-01T17:00 2025-01-02T09:00
          0 22-2 * * *         | 2025-01-01T01:00 2025-01-01T02:00 2025-01-01T22:00
          0 0 * * MON-FRI      | 2025-01-02T00:00 2025-01-03T00:00 2025-01-06T00:00
          0 0 * * fri-mon      | 2025-01-03T00:00 2025-01-04T00:00 2025-01-05T00:00 2025-01-06T00:00 2025-01-10T00:00
          0 0 * * 7            | 2025-01-05T00:00 2025-01-12T00:00
          0 0 * * 0            | 2025-01-05T00:00 2025-01-12T00:00
          0 0 * * 5-7          | 2025-01-03T00:00 2025-01-04T00:00 2025-01-05T00:00 2025-01-10T00:00
          0 0 1 jan,JUL *      | 2025-07-01T00:00 2026-01-01T00:00
          0 0 1 NOV-FEB *      | 2025-02-01T00:00 2025-11-01T00:00 2025-12-01T00:00 2026-01-01T00:00
          0 0 31 * *           | 2025-01-31T00:00 2025-03-31T00:00 2025-05-31T00:00
          0 0 29 2 *           | 2028-02-29T00:00 2032-02-29T00:00
          0 0 L * *            | 2025-01-31T00:00 2025-02-28T00:00 2025-03-31T00:00
          0 0 L 2 *            | 2025-02-28T00:00 2026-02-28T00:00 2027-02-28T00:00 2028-02-29T00:00
          0 0 L-2 * *          | 2025-01-29T00:00 2025-02-26T00:00
          0 0 LW * *           | 2025-01-31T00:00 2025-02-28T00:00 2025-03-31T00:00 2025-04-30T00:00 2025-05-30T00:00
          0 0 1W * *           | 2025-02-03T00:00 2025-03-03T00:00 2025-04-01T00:00
          0 0 15W * *          | 2025-01-15T00:00 2025-02-14T00:00 2025-03-14T00:00 2025-04-15T00:00
          0 0 31W * *          | 2025-01-31T00:00 2025-03-31T00:00 2025-05-30T00:00
          0 0 * * MON#1        | 2025-01-06T00:00 2025-02-03T00:00
          0 0 * * 5#5          | 2025-01-31T00:00 2025-05-30T00:00
          0 0 * * FRIL         | 2025-01-31T00:00 2025-02-28T00:00
          0 0 * * 0L           | 2025-01-26T00:00 2025-02-23T00:00
          0 0 1,L * *          | 2025-01-31T00:00 2025-02-01T00:00
          0 0 13 * FRI         | 2025-01-03T00:00 2025-01-10T00:00 2025-01-13T00:00
          0 0 */10 * FRI       | 2025-01-31T00:00 2025-02-21T00:00
          0 0 0 15 * ?         | 2025-01-15T00:00 2025-02-15T00:00
          0 0 0 ? * TUE        | 2025-01-07T00:00 2025-01-14T00:00
          @hourly              | 2025-01-01T01:00 2025-01-01T02:00
          @daily               | 2025-01-02T00:00 2025-01-03T00:00
          @midnight            | 2025-01-02T00:00 2025-01-03T00:00
          @weekly              | 2025-01-05T00:00 2025-01-12T00:00
          @monthly             | 2025-02-01T00:00 2025-03-01T00:00
          @yearly              | 2026-01-01T00:00 2027-01-01T00:00
          @Annually            | 2026-01-01T00:00 2027-01-01T00:00
          """)
  void names_these_times(String cron, String times) {
    List<String> expected = List.of(times.split(" "));

    assertThat(moments(cron, Instant.parse("2025-01-01T00:00:00Z"), expected.size()))
        .extracting(moment -> moment.atOffset(ZoneOffset.UTC).toLocalDateTime().toString())
        .isEqualTo(expected);
  }

  @Test
  void the_century_years_leave_out_the_leap_day_but_for_every_fourth() {
    assertThat(moments("0 0 29 2 *", Instant.parse("2096-03-01T00:00:00Z"), 1))
        .containsExactly(Instant.parse("2104-02-29T00:00:00Z"));
    assertThat(moments("0 0 29 2 *", Instant.parse("2396-03-01T00:00:00Z"), 1))
        .containsExactly(Instant.parse("2400-02-29T00:00:00Z"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                | these are 0
          0 0               | must have 5 fields
          * * * * * * *     | these are 7
          @often            | use @hourly
          60 * * * *        | minute: use 0 to 59
          * 24 * * *        | hour: use 0 to 23
          * * 0 * *         | day of month: use 1 to 31
          * * 32 * *        | day of month: use 1 to 31
          * * * 13 *        | month: use 1 to 12 or JAN to DEC
          * * * FOO *       | month: use 1 to 12 or JAN to DEC
          * * * * 8         | day of week: use 0 to 7 or SUN to SAT
          * * * * L         | such as FRIL
          * * * * MON#6     | #1 to #5
          * * * * MON#0     | #1 to #5
          * * L-31 * *      | L-1 to L-30
          */0 * * * *       | a step is 1 to 59
          */60 * * * *      | a step is 1 to 59
          1,,2 * * * *      | minute
          -5 * * * *        | minute
          1- * * * *        | minute
          5..9 * * * *      | minute
          ? * * * *         | minute
          ٣ * * * *         | minute
          99999999999 * * * * | minute: use 0 to 59
          """)
  void what_is_wrong_is_named_with_what_to_do(String cron, String advice) {
    assertThatThrownBy(() -> Cron.parse(cron))
        .isInstanceOf(InvalidCron.class)
        .hasMessageContaining(advice);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0 0 30 2 *",
        "0 0 31 2,4,6,9,11 *",
        "0 0 31 2,4 ?",
        "0 0 L-29 2 *",
        "0 0 31W 4 ?"
      })
  void what_never_comes_is_refused(String cron) {
    assertThatThrownBy(() -> Cron.parse(cron))
        .isInstanceOf(InvalidCron.class)
        .hasMessageContaining("never comes");
  }

  private static List<Instant> moments(String cron, Instant after, int count) {
    Rhythm rhythm = new Rhythm(Cron.parse(cron), ZoneOffset.UTC);
    return rhythm.from(rhythm.next(after).orElseThrow()).limit(count).toList();
  }
}
