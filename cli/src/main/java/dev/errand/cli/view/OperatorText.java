package dev.errand.cli.view;

import dev.errand.client.Queue;
import dev.errand.client.Task;
import dev.errand.client.Worker;
import java.util.ArrayList;
import java.util.List;

/// Queues, workers and failed tasks in words, for people.
public final class OperatorText {
  private static final String QUEUE = "%-24s  %-6s  %7s  %7s  %7s  %7s";
  private static final String WORKER = "%-24s  %-6s  %11s  %s";

  private OperatorText() {}

  public static List<String> queues(List<Queue> queues) {
    List<String> lines = new ArrayList<>();
    lines.add(QUEUE.formatted("QUEUE", "STATE", "WAITING", "RUNNING", "LATER", "LIMIT"));
    for (Queue queue : queues) {
      Integer limit = queue.concurrencyLimit();
      lines.add(
          QUEUE.formatted(
              queue.name(),
              queue.paused() ? "paused" : "open",
              queue.waiting(),
              queue.running(),
              queue.later(),
              limit == null ? "-" : limit));
    }
    return lines;
  }

  public static List<String> workers(List<Worker> workers) {
    List<String> lines = new ArrayList<>();
    lines.add(WORKER.formatted("WORKER", "STATE", "RUNNING", "TYPES"));
    for (Worker worker : workers) {
      lines.add(
          WORKER.formatted(
              Terminal.plain(worker.name()),
              worker.alive() ? "alive" : "silent",
              worker.running() + " of " + worker.concurrency(),
              Terminal.plain(String.join(", ", worker.types()))));
    }
    return lines;
  }

  /// A line for each task, and why it failed below it.
  public static List<String> deadLetters(List<Task> tasks) {
    List<String> lines = new ArrayList<>();
    for (Task task : tasks) {
      lines.add("%s  %s".formatted(task.id(), Terminal.plain(task.type())));
      String error = TaskText.error(task);
      if (error != null) {
        lines.add("  " + error);
      }
    }
    return lines;
  }
}
