package dev.errand.cli.view;

import dev.errand.client.Artifact;
import dev.errand.client.Json;
import dev.errand.client.Task;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Tasks in words, for people.
public final class TaskText {
  private static final int SUBJECT_LENGTH = 60;

  private final Terminal terminal;
  private final InstantSource clock;

  public TaskText(Terminal terminal, InstantSource clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  /// A table with one row for each task.
  public List<String> table(List<Task> tasks) {
    List<String> lines = new ArrayList<>();
    lines.add(row("ID", "STATUS", "DONE", "AGE", "TASK"));
    for (Task task : tasks) {
      lines.add(
          colored(
              task.status(),
              row(task.id(), task.status(), task.progress() + "%", age(task), subject(task))));
    }
    return lines;
  }

  /// Everything worth knowing about one task.
  public List<String> details(Task task) {
    List<String> lines = new ArrayList<>();
    field(lines, "id", task.id());
    field(lines, "type", task.type());
    field(lines, "status", colored(task.status(), task.status()));
    field(lines, "progress", task.progress() + "%");
    field(lines, "waiting", waiting(task));
    field(lines, "current step", task.currentStep());
    field(lines, "steps done", String.join(", ", task.steps()));
    field(lines, "attempt", task.attempt() + " (retries allowed: " + task.maxRetries() + ")");
    field(lines, "tags", String.join(", ", texts(task.json().path("tags"))));
    field(lines, "created", moment(task.createdAt()));
    field(lines, "started", moment(task.startedAt()));
    field(lines, "expected end", moment(task.estimatedCompletion()));
    field(lines, "finished", moment(task.finishedAt()));
    field(lines, "params", Json.line(task.json().path("params")));
    field(lines, "result", task.result() == null ? null : Json.line(task.result()));
    field(lines, "error", error(task));
    return lines;
  }

  /// One line for each artifact: its id, size and name.
  public static List<String> artifacts(List<Artifact> artifacts) {
    return artifacts.stream()
        .map(a -> "%s  %10d  %s (%s)".formatted(a.id(), a.size(), a.name(), a.type()))
        .toList();
  }

  /// Why a task failed, absent when it did not.
  public static @Nullable String error(Task task) {
    Task.TaskError error = task.error();
    return error == null ? null : Terminal.plain(error.code() + ": " + error.message());
  }

  /// Why it does not run yet.
  private static @Nullable String waiting(Task task) {
    String detail = task.json().path("waiting_for").path("detail").asString("");
    return detail.isEmpty() ? null : Terminal.plain(detail);
  }

  private String age(Task task) {
    if (task.createdAt() == null) {
      return "";
    }
    Duration age = Duration.between(task.createdAt(), clock.instant());
    if (age.toSeconds() < 100) {
      return Math.max(0, age.toSeconds()) + "s";
    }
    return age.toMinutes() < 100
        ? age.toMinutes() + "m"
        : age.toHours() < 72 ? age.toHours() + "h" : age.toDays() + "d";
  }

  private static String subject(Task task) {
    JsonNode params = task.json().path("params");
    String prompt = params.path("prompt").asString(Json.line(params));
    String subject = Terminal.plain(task.type() + " " + prompt);
    return subject.codePointCount(0, subject.length()) <= SUBJECT_LENGTH
        ? subject
        : subject.substring(0, subject.offsetByCodePoints(0, SUBJECT_LENGTH - 1)) + "…";
  }

  private static @Nullable String moment(@Nullable Instant instant) {
    return instant == null ? null : instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static List<String> texts(JsonNode array) {
    return array.valueStream().map(JsonNode::asString).toList();
  }

  private String colored(String status, String text) {
    if (!terminal.colored()) {
      return text;
    }
    return switch (status) {
      case "completed" -> "\u001b[32m" + text + "\u001b[0m";
      case "failed" -> "\u001b[31m" + text + "\u001b[0m";
      case "running", "retrying" -> "\u001b[33m" + text + "\u001b[0m";
      default -> text;
    };
  }

  private static String row(String id, String status, String done, String age, String task) {
    return "%-36s  %-9s  %4s  %-8s  %s".formatted(id, status, done, age, task).stripTrailing();
  }

  private static void field(List<String> lines, String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      lines.add("%-13s %s".formatted(name, value));
    }
  }
}
