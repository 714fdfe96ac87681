package dev.errand.cli.view;

import dev.errand.client.Event;

/// Progress as a bar on one line with the percentage and what is being done. What a person should
/// not miss stays above it.
final class Bar implements Progress {
  private static final int WIDTH = 24;
  private static final String ERASE_LINE = "\r\u001b[K";

  private final Terminal terminal;
  private int percent;
  private String step = "";
  private String message = "";

  Bar(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public synchronized void event(Event event) {
    switch (event.type()) {
      case "progress" -> {
        percent = EventWords.percent(event);
        message = event.data().path("message").asString();
      }
      case "step_started" -> {
        step = event.data().path("step").asString();
        message = "";
      }
      case "queued" -> message = "waiting for a worker";
      case "started" -> message = "";
      case "retrying", "released", "lost", "cancel_requested", "failed" -> {
        keep(EventWords.of(event));
        step = "";
        message = "";
      }
      case "completed" -> percent = 100;
      default -> {
        // The rest shows in the log.
      }
    }
    draw();
  }

  @Override
  public synchronized void note(String text) {
    keep(text);
    draw();
  }

  @Override
  public synchronized void close() {
    terminal.err().print(ERASE_LINE);
    terminal.err().flush();
  }

  private void keep(String text) {
    terminal.err().print(ERASE_LINE);
    terminal.err().println(text);
  }

  private void draw() {
    int filled = percent * WIDTH / 100;
    String bar = "#".repeat(filled) + "-".repeat(WIDTH - filled);
    String doing = step.isEmpty() || message.isEmpty() ? step + message : step + ": " + message;
    String line = "[" + bar + "] " + " ".repeat(percent < 10 ? 2 : percent < 100 ? 1 : 0);
    terminal.err().print(ERASE_LINE + fitted(line + percent + "%  " + doing));
    terminal.err().flush();
  }

  /// As much of `line` as stays on one row, so that the next drawing covers it.
  private String fitted(String line) {
    String oneLine = Terminal.plain(line);
    int room = terminal.columns() - 1;
    return oneLine.codePointCount(0, oneLine.length()) <= room
        ? oneLine
        : oneLine.substring(0, oneLine.offsetByCodePoints(0, room - 1)) + "…";
  }
}
