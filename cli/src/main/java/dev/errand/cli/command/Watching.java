package dev.errand.cli.command;

import dev.errand.cli.view.Progress;
import dev.errand.cli.view.Terminal;
import dev.errand.client.ErrandClient;
import dev.errand.client.Event;
import dev.errand.client.FollowListener;
import dev.errand.client.Json;
import dev.errand.client.Task;
import java.time.Duration;

/// Follows a task on the terminal until it has ended.
final class Watching {
  private final Surroundings around;
  private final ErrandClient client;

  Watching(Surroundings around, ErrandClient client) {
    this.around = around;
    this.client = client;
  }

  /// Shows progress on `err`.
  ///
  /// @param whenSilent called when the server does not answer; what it throws ends the watching
  Task show(String task, Runnable whenSilent) {
    try (Progress progress = Progress.on(around.terminal())) {
      return client.watch(
          task,
          0,
          new FollowListener() {
            @Override
            public void event(Event event) {
              progress.event(event);
            }

            @Override
            public void waiting(Duration delay, RuntimeException trouble) {
              if (!around.interruption().happened()) {
                whenSilent.run();
                progress.note(silent(delay));
              }
            }
          });
    }
  }

  /// Writes each event to `out` as a line of JSON, and the task as it ended as the last one.
  Task lines(String task) {
    Terminal terminal = around.terminal();
    Task ended =
        client.watch(
            task,
            0,
            new FollowListener() {
              @Override
              public void event(Event event) {
                terminal.print(Json.line(event.json()));
              }

              @Override
              public void waiting(Duration delay, RuntimeException trouble) {
                terminal.note(silent(delay));
              }
            });
    terminal.print(Json.line(ended.json()));
    return ended;
  }

  private static String silent(Duration delay) {
    return "The server does not answer just now; looking again in "
        + Math.max(1, delay.toSeconds())
        + " s.";
  }
}
