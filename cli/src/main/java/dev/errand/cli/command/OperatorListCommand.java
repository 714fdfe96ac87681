package dev.errand.cli.command;

import dev.errand.client.ErrandClient;
import dev.errand.client.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Lists all there is of something, as a table or as JSON.
///
/// @param <T> what is listed
abstract class OperatorListCommand<T> extends ServerCommand {
  /// The name of the list in the JSON.
  private final String name;

  /// What is said when there is nothing.
  private final String nothing;

  OperatorListCommand(String name, String nothing) {
    this.name = name;
    this.nothing = nothing;
  }

  abstract List<T> all(ErrandClient client);

  abstract JsonNode json(T one);

  abstract List<String> table(List<T> all);

  @Override
  public final void options(OptionList options) {
    options.json("Print the list as JSON.");
  }

  @Override
  final int run(Arguments arguments, Surroundings around, ErrandClient client) {
    arguments.noOperands();
    List<T> all = all(client);
    if (arguments.has("json")) {
      ObjectNode document = Json.object();
      ArrayNode described = document.putArray(name);
      all.forEach(one -> described.add(json(one)));
      around.terminal().print(Json.pretty(document));
    } else if (all.isEmpty()) {
      around.terminal().note(nothing);
    } else {
      table(all).forEach(around.terminal().out()::println);
    }
    return ExitCode.DONE;
  }
}
