package dev.errand.testkit.search;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// A very small web, which the fake search engines know and serve.
///
/// @param base address of the pages, with a slash at its end
record FakePages(String base) {
  private static final Set<String> NOTHING_SAID =
      Set.of(
          "a", "an", "and", "are", "do", "does", "how", "in", "is", "of", "or", "the", "to", "what",
          "when", "which", "who", "why", "with");

  /// @param age in days, absent for a page without a date
  record Page(String slug, String title, String text, Optional<Integer> age) {
    Optional<Instant> published() {
      return age.map(
          days -> Instant.now().minus(days, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS));
    }
  }

  private static final List<Page> ALL =
      List.of(
          page(
              2,
              "task-queues",
              "What a task queue does",
              "A task queue takes work from a program and hands it to workers that run it later. "
                  + "A durable task queue stores each task on disk before it says that the task was accepted. "
                  + "When a worker dies, the queue gives its task to another worker."),
          page(
              5,
              "task-runners",
              "Open source task runners compared",
              "An open source task runner can be installed on a machine of one's own. "
                  + "Most task runners need a database or a broker beside them. "
                  + "Only a few task runners keep the finished steps of a task when it is run again."),
          page(
              20,
              "redis-workers",
              "Queue workers on Redis",
              "A queue worker on Redis blocks until a job is pushed to its list. "
                  + "Redis Streams remember which worker has taken a message and has not acknowledged it yet."),
          page(
              60,
              "skip-locked",
              "Queues in PostgreSQL with SKIP LOCKED",
              "With SELECT FOR UPDATE SKIP LOCKED several workers take different rows of one table. "
                  + "A worker that passes over locked rows never waits for another worker."),
          page(
              200,
              "retries",
              "Retries, backoff and jitter",
              "Exponential backoff doubles the pause after each failure of a task. "
                  + "Full jitter picks a random pause up to that bound, so that clients do not come back together."),
          page(
              400,
              "leases",
              "Leases and heartbeats",
              "A lease gives a worker the right to run a task for a limited time. "
                  + "A heartbeat extends the lease; without one, another worker may take the task."),
          page(
              900,
              "idempotency",
              "Idempotency keys",
              "An idempotency key makes a repeated request return the first answer. "
                  + "A queue that delivers at least once needs handlers that may run twice."),
          page(
              3,
              "agent-memory",
              "Agent memory systems",
              "Agent memory systems store what an agent has seen and find it again when it matters. "
                  + "Vector search finds similar passages, and a log keeps their order."),
          page(
              -1,
              "cron",
              "Cron and time zones",
              "A cron schedule with a time zone skips or repeats an hour when clocks change. "
                  + "The manual of this scheduler has no date."),
          page(
              30,
              "webhooks",
              "Webhooks that can be trusted",
              "A signed webhook lets its receiver check who sent it and when. "
                  + "Deliveries are retried with a backoff until the receiver answers with a status of 2xx."),
          page(
              10,
              "sse",
              "Following tasks with server-sent events",
              "Server-sent events carry the progress of a task over plain HTTP. "
                  + "A client that reconnects sends the number of the last event it has seen."),
          page(
              1500,
              "two-generals",
              "Why exactly once is hard",
              "Two generals cannot agree over a line that loses messages. "
                  + "Systems that promise exactly once combine at least once delivery with idempotent effects."));

  private static Page page(int age, String slug, String title, String text) {
    return new Page(slug, title, text, age < 0 ? Optional.empty() : Optional.of(age));
  }

  String url(Page page) {
    return base + page.slug();
  }

  /// The page as a browser would get it.
  Optional<String> html(String slug) {
    return ALL.stream()
        .filter(page -> page.slug().equals(slug))
        .findFirst()
        .map(page ->
            """
            <!doctype html><html lang="en"><head><title>%1$s</title>%3$s</head><body><main>
            <article><h1>%1$s</h1><p>%2$s</p></article></main></body></html>
            """
                .formatted(
                    page.title(),
                    page.text(),
                    page.published()
                        .map(date ->
                            "<meta property=\"article:published_time\" content=\"%s\">"
                                .formatted(date))
                        .orElse("")));
  }

  /// At most `count` pages that share a word with `query`, best first, in the order of `engine`,
  /// none known to be older than `since`.
  List<Page> search(String engine, String query, int count, Optional<Instant> since) {
    Set<String> words =
        Arrays.stream(query.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
            .filter(word -> !word.isEmpty() && !NOTHING_SAID.contains(word))
            .collect(Collectors.toSet());
    return ALL.stream()
        .filter(page -> score(page, words) > 0)
        .filter(page ->
            since.isEmpty()
                || page.published().map(date -> !date.isBefore(since.get())).orElse(true))
        .sorted(
            Comparator.<Page>comparingInt(page -> -rank(engine, page, words))
                .thenComparing(Page::slug))
        .limit(count)
        .toList();
  }

  private static int rank(String engine, Page page, Set<String> words) {
    // No two engines see it alike.
    return 4 * score(page, words) + Math.floorMod((engine + page.slug()).hashCode(), 6);
  }

  private static int score(Page page, Set<String> words) {
    String title = page.title().toLowerCase(Locale.ROOT);
    String text = page.text().toLowerCase(Locale.ROOT);
    return words.stream()
        .mapToInt(word -> (title.contains(word) ? 3 : 0) + (text.contains(word) ? 1 : 0))
        .sum();
  }
}
