package dev.errand.cli.command;

import dev.errand.cli.server.Trouble;
import dev.errand.cli.view.PeopleText;
import dev.errand.cli.view.Terminal;
import dev.errand.client.ApiKey;
import dev.errand.client.ErrandClient;
import dev.errand.client.Json;
import dev.errand.client.People;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Makes API keys, lists and revokes them.
final class KeysCommand extends ServerCommand {
  private static final int MAX_DAYS = 3_650;
  private static final String USUAL_SCOPES = "tasks:read,tasks:write";

  @Override
  public Usage usage() {
    return new Usage(
        "keys",
        "list | create NAME | revoke ID",
        "Make API keys for your programs, list and revoke them.",
        "A key is printed once, when it is made: the server keeps only its SHA-256.",
        List.of("keys list", "keys create ci", "keys create report --scopes tasks:read --days 30"));
  }

  @Override
  public void options(OptionList options) {
    options
        .value(
            "scopes",
            "LIST",
            "With create: of tasks:read, tasks:write and admin; the first two when not given.")
        .value("days", "N", "With create: how long it is good; for ever when not given.")
        .json("Print what the server said as JSON.");
  }

  @Override
  int run(Arguments arguments, Surroundings around, ErrandClient client) {
    People people = client.people();
    List<String> words = arguments.operands();
    Terminal terminal = around.terminal();
    switch (words.isEmpty() ? "list" : words.getFirst()) {
      case "list" -> list(people.keys(), arguments, terminal);
      case "create" -> create(people, named(words, "a name"), arguments, terminal);
      case "revoke" -> {
        people.revokeKey(named(words, "the id of a key"));
        terminal.note("Revoked.");
      }
      default ->
          throw Trouble.usage("'keys " + words.getFirst() + "' is nothing that can be done.");
    }
    return ExitCode.DONE;
  }

  private static String named(List<String> words, String what) {
    if (words.size() != 2) {
      throw Trouble.usage("'keys %s' takes %s.".formatted(words.getFirst(), what));
    }
    return words.get(1);
  }

  private static void create(People people, String name, Arguments arguments, Terminal terminal) {
    String scopes = arguments.value("scopes");
    int days = arguments.number("days", 0, 1, MAX_DAYS);
    @Nullable Integer life = days == 0 ? null : days;
    ApiKey key =
        people.createKey(
            name, Arrays.asList((scopes == null ? USUAL_SCOPES : scopes).split(",", -1)), life);
    if (arguments.has("json")) {
      terminal.print(Json.pretty(key.json()));
    } else {
      terminal.note("Keep it: it is not shown again. Use it as ERRAND_TOKEN, or in X-API-Key.");
      terminal.print(String.valueOf(key.key()));
    }
  }

  private static void list(List<ApiKey> keys, Arguments arguments, Terminal terminal) {
    if (arguments.has("json")) {
      ObjectNode document = Json.object();
      ArrayNode described = document.putArray("api_keys");
      keys.forEach(key -> described.add(key.json()));
      terminal.print(Json.pretty(document));
    } else if (keys.isEmpty()) {
      terminal.note("No API keys.");
    } else {
      PeopleText.keys(keys).forEach(terminal.out()::println);
    }
  }
}
