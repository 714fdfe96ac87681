package dev.errand.cli.command;

import dev.errand.client.ErrandClient;
import dev.errand.client.Json;
import dev.errand.client.Queue;
import java.util.List;

/// Stops a queue, or lets it go on.
final class QueueCommand extends ServerCommand {
  static final QueueCommand PAUSE =
      new QueueCommand(
          new Usage(
              "pause",
              "QUEUE",
              "Start no more tasks of a queue.",
              "What runs goes on; the pause lasts over restarts, on every node, until 'resume'.",
              List.of("pause nightly")),
          ErrandClient::pause);
  static final QueueCommand RESUME =
      new QueueCommand(
          new Usage(
              "resume",
              "QUEUE",
              "Let a paused queue go on.",
              "",
              List.of("resume nightly", "resume nightly --json")),
          ErrandClient::resume);

  private final Usage usage;
  private final Change change;

  private QueueCommand(Usage usage, Change change) {
    this.usage = usage;
    this.change = change;
  }

  private interface Change {
    Queue of(ErrandClient client, String queue);
  }

  @Override
  public Usage usage() {
    return usage;
  }

  @Override
  public void options(OptionList options) {
    options.json("Print the queue as JSON.");
  }

  @Override
  int run(Arguments arguments, Surroundings around, ErrandClient client) {
    Queue queue = change.of(client, arguments.operand("QUEUE"));
    around
        .terminal()
        .print(
            arguments.has("json")
                ? Json.pretty(queue.json())
                : "%s %s, %d waiting, %d running"
                    .formatted(
                        queue.name(),
                        queue.paused() ? "paused" : "open",
                        queue.waiting(),
                        queue.running()));
    return ExitCode.DONE;
  }
}
