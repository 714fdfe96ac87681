package dev.errand.cli.command;

import dev.errand.client.ErrandClient;
import dev.errand.client.Task;
import java.util.List;

/// Follows a task until it has ended, then hands over what it made.
final class WatchCommand extends ServerCommand {

  @Override
  public Usage usage() {
    return new Usage(
        "watch",
        "ID",
        "Follow a task until it has ended.",
        """
        Progress goes to the standard error; then the report or the result to the standard
        output. A cut connection is taken up again where it broke.\
        """,
        List.of("watch 01980c6e-5b1f-7d6a-9f1e-2b6f3c1d4e5f", "watch 3c1d4e5f --json"));
  }

  @Override
  public void options(OptionList options) {
    options.json("Print a line of JSON for each event, and the ended task as the last one.");
  }

  @Override
  int run(Arguments arguments, Surroundings around, ErrandClient client) {
    String task = TaskIds.whole(client, arguments.operand("ID"));
    return watch(task, arguments.has("json"), around, client);
  }

  static int watch(String task, boolean json, Surroundings around, ErrandClient client) {
    around
        .interruption()
        .then(() ->
            around
                .terminal()
                .note(
                    "\nThe task goes on. To see it again: " + around.program() + " watch " + task));
    Watching watching = new Watching(around, client);
    if (json) {
      return Ending.code(watching.lines(task));
    }
    Task ended = watching.show(task, () -> {});
    return new Ending(around, client).show(ended);
  }
}
