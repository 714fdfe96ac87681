package dev.errand.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.engine.event.Event;
import dev.errand.engine.event.History.Line;
import dev.errand.engine.lease.Lease;
import dev.errand.engine.lease.LogLine;
import dev.errand.engine.lease.LogLine.Level;
import dev.errand.engine.lease.Outcome;
import dev.errand.engine.task.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What readers of a task's events and log must get.
public abstract class HistoryContract extends StoreContract {

  @Test
  void of_a_task_nobody_submitted_nothing_is_known() {
    assertThat(store().history().events(TaskId.next(), 0, 10)).isEmpty();
    assertThat(store().history().log(TaskId.next(), 0, 10)).isEmpty();
  }

  @Test
  void events_are_numbered_from_one_over_all_attempts() {
    Lease lease = running("echo");
    store().leases().append(lease, List.of(progress(10), progress(20)));
    end(lease, new Outcome.Retrying(BROKEN, Duration.ZERO));
    Lease second = claimed(worker("echo"), lease.task());
    store().leases().append(second, List.of(progress(30)));
    end(second, new Outcome.Failed(BROKEN));
    store().tasks().retry(lease.task());
    store().tasks().cancel(lease.task());

    assertThat(eventTypes(lease.task()))
        .containsExactly(
            "queued",
            "started",
            "progress",
            "progress",
            "retrying",
            "started",
            "progress",
            "failed",
            "queued",
            "cancelled");
    assertGapless(numbers(events(lease.task())));
  }

  @Test
  void events_of_different_tasks_are_numbered_apart() {
    Lease first = running("echo");
    Lease second = running("echo");

    store().leases().append(first, List.of(progress(1)));
    store().leases().append(second, List.of(progress(2)));

    assertThat(numbers(events(first.task()))).containsExactly(1L, 2L, 3L);
    assertThat(numbers(events(second.task()))).containsExactly(1L, 2L, 3L);
  }

  @Test
  void events_are_read_from_any_number_on() {
    TaskId task = taskWithEvents(20);

    assertThat(numbers(store().history().events(task, 0, 5))).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(numbers(store().history().events(task, 17, 5))).containsExactly(18L, 19L, 20L);
    assertThat(store().history().events(task, 20, 5)).isEmpty();
    assertThat(store().history().events(task, 1_000_000, 5)).isEmpty();
    assertThat(store().history().events(task, 3, 0)).isEmpty();
  }

  @Test
  void the_last_event_of_a_type_is_found_among_all_attempts() {
    Lease lease = running("echo");
    store().leases().append(lease, List.of(progress(10), progress(20)));

    assertThat(latest(lease.task(), "progress")).contains(4L);
    assertThat(latest(lease.task(), "started")).contains(2L);
    assertThat(latest(lease.task(), "failed")).isEmpty();
    assertThat(latest(TaskId.next(), "queued")).isEmpty();

    end(lease, new Outcome.Retrying(BROKEN, Duration.ZERO));
    end(claimed(worker("echo"), lease.task()), new Outcome.Completed("{}"));
    assertThat(latest(lease.task(), "progress")).contains(4L);
    assertThat(latest(lease.task(), "started")).contains(6L);
    assertThat(latest(lease.task(), "completed")).contains(7L);
  }

  private Optional<Long> latest(TaskId task, String type) {
    return store().history().latest(task, type).map(Event::number);
  }

  @Test
  void events_happen_in_the_order_of_their_numbers() {
    Lease lease = running("echo");
    store().timePasses(Duration.ofSeconds(5));
    store().leases().append(lease, List.of(progress(10)));
    store().timePasses(Duration.ofSeconds(5));
    end(lease, new Outcome.Completed("{}"));

    List<Instant> moments = events(lease.task()).stream().map(Event::at).toList();

    assertThat(moments).isSorted();
    assertThat(Duration.between(moments.getFirst(), moments.getLast()))
        .isBetween(Duration.ofSeconds(10), Duration.ofSeconds(10).plus(store().precision()));
    assertThat(moments).allMatch(at -> at.equals(at.truncatedTo(ChronoUnit.MICROS)));
  }

  // Numbers must become visible in their order: a reader that has seen 7 never looks back for 6.
  @Test
  void a_reader_who_follows_racing_writers_sees_every_event_once_and_in_order() throws Exception {
    Lease lease = running("echo");
    Callable<List<Long>> writer =
        () -> {
          IntStream.range(0, 40).forEach(i -> store().leases().append(lease, List.of(progress(i))));
          return List.of();
        };
    Callable<List<Long>> reader = () -> followed(lease.task(), 2 + 4 * 40);

    List<List<Long>> seen = Race.between(List.of(writer, writer, reader, writer, writer));

    assertGapless(seen.get(2));
  }

  private List<Long> followed(TaskId task, int until) {
    List<Long> seen = new ArrayList<>();
    while (seen.size() < until && !Thread.currentThread().isInterrupted()) {
      long last = seen.isEmpty() ? 0 : seen.getLast();
      seen.addAll(numbers(store().history().events(task, last, 100)));
    }
    return seen;
  }

  private TaskId taskWithEvents(int count) {
    Lease lease = running("echo");
    store()
        .leases()
        .append(lease, IntStream.range(0, count - 2).mapToObj(i -> progress(i)).toList());
    return lease.task();
  }

  private static List<Long> numbers(List<Event> events) {
    return events.stream().map(Event::number).toList();
  }

  // --- log

  @Test
  void log_lines_are_kept_as_they_were_written() {
    Lease lease = running("echo");
    Instant at = store().now().truncatedTo(ChronoUnit.MICROS);
    List<LogLine> lines =
        List.of(
            new LogLine(at, Level.DEBUG, "first"),
            new LogLine(at.plusMillis(1), Level.INFO, "second: “日本語” \\ ' \t tab"),
            new LogLine(at.plusMillis(2), Level.WARN, ""),
            new LogLine(at.plusMillis(3), Level.ERROR, "fourth"));

    assertThat(store().leases().log(lease, lines)).isTrue();

    assertThat(log(lease.task()).stream().map(Line::line).toList()).isEqualTo(lines);
  }

  @Test
  void log_lines_are_numbered_from_one_over_all_attempts() {
    Lease lease = running("echo");
    store().leases().log(lease, List.of(line("1"), line("2")));
    store().leases().log(lease, List.of(line("3")));
    end(lease, new Outcome.Retrying(BROKEN, Duration.ZERO));
    Lease second = claimed(worker("echo"), lease.task());
    store().leases().log(second, List.of(line("4")));

    assertThat(log(lease.task()))
        .extracting(line -> line.line().text())
        .containsExactly("1", "2", "3", "4");
    assertGapless(log(lease.task()).stream().map(Line::number).toList());
  }

  @Test
  void the_log_is_read_from_any_number_on() {
    Lease lease = running("echo");
    store()
        .leases()
        .log(lease, IntStream.rangeClosed(1, 20).mapToObj(i -> line("line " + i)).toList());

    assertThat(store().history().log(lease.task(), 0, 3))
        .extracting(Line::number)
        .containsExactly(1L, 2L, 3L);
    assertThat(store().history().log(lease.task(), 18, 3))
        .extracting(line -> line.line().text())
        .containsExactly("line 19", "line 20");
    assertThat(store().history().log(lease.task(), 20, 3)).isEmpty();
  }

  @Test
  void the_log_is_no_event() {
    Lease lease = running("echo");

    store().leases().log(lease, List.of(line("hello")));

    assertThat(eventTypes(lease.task())).containsExactly("queued", "started");
  }

  @Test
  void a_line_of_sixteen_kibibytes_is_kept_whole() {
    Lease lease = running("echo");
    String text = "é".repeat(8 * 1024);

    store().leases().log(lease, List.of(line(text)));

    assertThat(log(lease.task()).getFirst().line().text()).isEqualTo(text);
  }

  @Test
  void a_line_is_stored_whatever_its_text() {
    Lease lease = running("echo");

    assertThat(store().leases().log(lease, List.of(line("before\u0000\ud800after")))).isTrue();

    assertThat(log(lease.task()).getFirst().line().text())
        .startsWith("before")
        .endsWith("after")
        .doesNotContain("\u0000");
  }

  @Test
  void racing_writers_number_their_lines_without_gaps() throws Exception {
    Lease lease = running("echo");
    Callable<Boolean> racer =
        () -> {
          boolean held = true;
          for (int i = 0; i < 20; i++) {
            held &= store().leases().log(lease, List.of(line("a"), line("b")));
          }
          return held;
        };

    assertThat(Race.between(List.of(racer, racer, racer))).containsOnly(true);

    assertGapless(log(lease.task()).stream().map(Line::number).toList());
    assertThat(log(lease.task())).hasSize(120);
  }

  private List<Line> log(TaskId task) {
    return store().history().log(task, 0, 10_000);
  }

  private LogLine line(String text) {
    return new LogLine(store().now().truncatedTo(ChronoUnit.MICROS), Level.INFO, text);
  }
}
