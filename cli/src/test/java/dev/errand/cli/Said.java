package dev.errand.cli;

import dev.errand.testkit.loopback.LoopbackServer;
import dev.errand.testkit.loopback.LoopbackServer.Reply;

/// What a server says in these tests.
final class Said {
  static final String ID = "01980c6e-5b1f-7d6a-9f1e-2b6f3c1d4e5f";
  static final String OTHER = "01980c6e-5b1f-7d6a-9f1e-2b6f3c1d0000";
  static final String REPORT = "01980c6e-5b1f-7d6a-9f1e-00000000aaaa";

  private Said() {}

  static String task(String id, String type, String status) {
    return """
    {"id":"%s","type":"%s","status":"%s","params":{"prompt":"Why\\nnot?"},"progress":40,
     "current_step":null,"steps":[],"attempt":1,"max_retries":3,"tags":["weekly"],
     "created_at":"2026-01-01T00:00:00Z","result":%s,"error":%s}\
    """
        .formatted(
            id,
            type,
            status,
            status.equals("completed") ? "{\"artifact_ids\":[\"" + REPORT + "\"]}" : "null",
            status.equals("failed") ? "{\"code\":\"handler_error\",\"message\":\"no\"}" : "null");
  }

  static String events(String lastType) {
    return """
    id: 1
    event: queued
    data: {}

    id: 2
    event: step_started
    data: {"step":"rank"}

    id: 3
    event: progress
    data: {"percent":50,"message":"reading \\u001b[2J12 of 30"}

    id: 4
    event: %s
    data: {}

    """
        .formatted(lastType);
  }

  /// Lays out the whole life of a task that ends with `status`.
  static void life(LoopbackServer server, String status) {
    server
        .on("POST /tasks", Reply.json(202, task(ID, "echo", "queued")))
        .on("POST /research", Reply.json(202, task(ID, "research", "queued")))
        .on("GET /tasks/" + ID, Reply.json(200, task(ID, "research", status)))
        .on("GET /tasks/" + ID + "/events", Reply.events(events(status)))
        .on(
            "GET /artifacts/" + REPORT + "/meta",
            Reply.json(200, "{\"id\":\"%s\",\"name\":\"report.md\",\"size\":8}".formatted(REPORT)))
        .on("GET /artifacts/" + REPORT, Reply.bytes(200, "text/markdown", "# Därum\n"));
  }
}
