package dev.errand.testkit.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.engine.schedule.Cron;
import dev.errand.engine.schedule.Rhythm;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DaylightSavingTest {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # 02:00 becomes 03:00
          Europe/Berlin,       30 2 * * *,     2026-03-28T12:00:00Z, 2026-03-29T01:00:00Z, 2026-03-30T00:30:00Z
          America/New_York,    30 2 * * *,     2026-03-07T12:00:00Z, 2026-03-08T07:00:00Z, 2026-03-09T06:30:00Z
          America/New_York,    0 2 * * *,      2026-03-07T12:00:00Z, 2026-03-08T07:00:00Z, 2026-03-09T06:00:00Z
          # what is also due at the end of the gap is due once
          Europe/Berlin,       30 2-3 * * *,   2026-03-28T12:00:00Z, 2026-03-29T01:00:00Z, 2026-03-29T01:30:00Z
          Europe/Berlin,       '0 2,3 * * *',  2026-03-28T12:00:00Z, 2026-03-29T01:00:00Z, 2026-03-30T00:00:00Z
          # many that are skipped are made up for once
          Europe/Berlin,       */5 2 * * *,    2026-03-28T12:00:00Z, 2026-03-29T01:00:00Z, 2026-03-30T00:00:00Z
          Europe/Berlin,       '*/10 * 2 * * *', 2026-03-28T12:00:00Z, 2026-03-29T01:00:00Z, 2026-03-30T00:00:00Z
          # 02:00 becomes 02:30
          Australia/Lord_Howe, 15 2 * * *,     2026-10-03T03:00:00Z, 2026-10-03T15:30:00Z, 2026-10-04T15:15:00Z
          Australia/Lord_Howe, 45 2 * * *,     2026-10-03T03:00:00Z, 2026-10-03T15:45:00Z, 2026-10-04T15:45:00Z
          # midnight becomes 01:00: the day has none
          America/Santiago,    0 0 * * *,      2026-09-05T12:00:00Z, 2026-09-06T04:00:00Z, 2026-09-07T03:00:00Z
          America/Santiago,    0 0 6 9 *,      2026-09-05T12:00:00Z, 2026-09-06T04:00:00Z, 2027-09-06T03:00:00Z
          Africa/Cairo,        @daily,         2026-04-23T12:00:00Z, 2026-04-23T22:00:00Z, 2026-04-24T21:00:00Z
          Africa/Cairo,        0 */6 * * *,    2026-04-23T20:00:00Z, 2026-04-23T22:00:00Z, 2026-04-24T03:00:00Z
          # a whole day was left out: 30 December 2011
          Pacific/Apia,        0 12 * * *,     2011-12-30T00:00:00Z, 2011-12-30T10:00:00Z, 2011-12-30T22:00:00Z
          """)
  void a_time_that_is_skipped_is_due_once_right_after_the_gap(
      String zone, String cron, Instant after, Instant first, Instant second) {
    assertThat(moments(zone, cron, after, 2)).containsExactly(first, second);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # 03:00 becomes 02:00
          Europe/Berlin,       30 2 * * *,     2026-10-24T12:00:00Z, 2026-10-25T00:30:00Z, 2026-10-26T01:30:00Z
          Europe/Berlin,       0 2-4 * * *,    2026-10-24T12:00:00Z, 2026-10-25T00:00:00Z, 2026-10-25T02:00:00Z
          America/New_York,    30 1 * * *,     2026-10-31T12:00:00Z, 2026-11-01T05:30:00Z, 2026-11-02T06:30:00Z
          America/New_York,    0 2 * * *,      2026-10-31T12:00:00Z, 2026-11-01T07:00:00Z, 2026-11-02T07:00:00Z
          # 02:00 becomes 01:30
          Australia/Lord_Howe, 45 1 * * *,     2026-04-04T03:00:00Z, 2026-04-04T14:45:00Z, 2026-04-05T15:15:00Z
          # midnight becomes 23:00: the day before ends twice
          America/Santiago,    30 23 * * *,    2026-04-04T12:00:00Z, 2026-04-05T02:30:00Z, 2026-04-06T03:30:00Z
          America/Santiago,    0 0 * * *,      2026-04-04T12:00:00Z, 2026-04-05T04:00:00Z, 2026-04-06T04:00:00Z
          Africa/Cairo,        0 0 * * *,      2026-10-29T12:00:00Z, 2026-10-29T22:00:00Z, 2026-10-30T22:00:00Z
          """)
  void a_time_that_comes_twice_is_due_the_first_time(
      String zone, String cron, Instant after, Instant first, Instant second) {
    assertThat(moments(zone, cron, after, 2)).containsExactly(first, second);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          Europe/Berlin,       15 * * * *,   PT1H,  2026-10-24T18:00:00Z
          Europe/Berlin,       15 * * * *,   PT1H,  2026-03-28T18:00:00Z
          America/New_York,    @hourly,      PT1H,  2026-10-31T18:00:00Z
          America/New_York,    0 */1 * * *,  PT1H,  2026-03-07T18:00:00Z
          America/Santiago,    0 * * * *,    PT1H,  2026-04-04T18:00:00Z
          America/Santiago,    0 * * * *,    PT1H,  2026-09-05T18:00:00Z
          Africa/Cairo,        0 0-23 * * *, PT1H,  2026-04-23T12:00:00Z
          Australia/Lord_Howe, */10 * * * *, PT10M, 2026-04-04T12:00:00Z
          Australia/Lord_Howe, */10 * * * *, PT10M, 2026-10-03T12:00:00Z
          Europe/Berlin,       * * * * *,    PT1M,  2026-10-24T23:00:00Z
          Europe/Berlin,       */5 * * * * *, PT5S, 2026-10-25T00:55:00Z
          """)
  void what_names_no_times_of_the_day_follows_real_time(
      String zone, String cron, Duration step, Instant after) {
    List<Instant> moments = moments(zone, cron, after, 200);

    for (int i = 1; i < moments.size(); i++) {
      assertThat(Duration.between(moments.get(i - 1), moments.get(i))).isEqualTo(step);
    }
  }

  @Test
  void what_goes_on_within_some_hours_goes_on_when_one_of_them_is_repeated() {
    assertThat(moments("Europe/Berlin", "*/30 1-2 * * *", Instant.parse("2026-10-24T22:59:59Z"), 7))
        .containsExactly(
            Instant.parse("2026-10-24T23:00:00Z"),
            Instant.parse("2026-10-24T23:30:00Z"),
            Instant.parse("2026-10-25T00:00:00Z"),
            Instant.parse("2026-10-25T00:30:00Z"),
            Instant.parse("2026-10-25T01:00:00Z"),
            Instant.parse("2026-10-25T01:30:00Z"),
            Instant.parse("2026-10-26T00:00:00Z"));
  }

  private static List<Instant> moments(String zone, String cron, Instant after, int count) {
    Rhythm rhythm = new Rhythm(Cron.parse(cron), ZoneId.of(zone));
    return rhythm.from(rhythm.next(after).orElseThrow()).limit(count).toList();
  }
}
