package dev.errand.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;

/// Reads a task's log, and goes on reading until the task has ended when it is to follow.
final class LogReader implements Following.Reader {
  private static final Duration SILENCE = Duration.ofSeconds(60);
  private static final Map<String, String> JSON_LINES = Map.of("Accept", "application/x-ndjson");

  private final ErrandClient client;
  private final Http http;
  private final String task;
  private final boolean follow;
  private final Consumer<LogLine> lines;
  private long last;

  LogReader(ErrandClient client, Http http, String task, boolean follow, Consumer<LogLine> lines) {
    this.client = client;
    this.http = http;
    this.task = task;
    this.follow = follow;
    this.lines = lines;
  }

  @Override
  public Following.Round read(Runnable answered) {
    long before = last;
    boolean endedBefore = !follow || client.task(task).ended();
    boolean whole = readLines();
    answered.run();
    if (whole && (endedBefore || client.task(task).ended())) {
      return Following.Round.ENDED;
    }
    return last > before ? Following.Round.PROGRESS : Following.Round.QUIET;
  }

  /// Whether the answer came to its end.
  private boolean readLines() {
    String path = ErrandClient.taskPath(task) + "/log" + (follow ? "?follow=true" : "");
    try (Http.Answer answer = http.send(Http.Request.get(path, JSON_LINES, SILENCE));
        BufferedReader text =
            new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
      for (String line = text.readLine(); line != null; line = text.readLine()) {
        if (!line.isBlank()) {
          deliver(LogLine.of(Json.read(line)));
        }
      }
      return true;
    } catch (IOException | JacksonException _) {
      return false;
    }
  }

  private void deliver(LogLine line) {
    if (line.number() > last) {
      last = line.number();
      lines.accept(line);
    }
  }
}
