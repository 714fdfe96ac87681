package dev.errand.cli.command;

import dev.errand.cli.server.Trouble;
import dev.errand.cli.view.PeopleText;
import dev.errand.cli.view.Terminal;
import dev.errand.client.ErrandClient;
import dev.errand.client.Json;
import dev.errand.client.People;
import dev.errand.client.User;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Adds users of the server, lists and disables them, and gives them roles.
final class UsersCommand extends ServerCommand {
  private static final List<String> ROLES = List.of("user", "operator", "admin");

  @Override
  public Usage usage() {
    return new Usage(
        "users",
        "list | add NAME | disable NAME | enable NAME | role NAME ROLE",
        "Add users of the server, list and disable them, change their roles.",
        "For administrators. The password of a new user is asked for, or read from the standard"
            + " input where nobody can be asked. ROLE is user, operator or admin. Who is disabled"
            + " is out at once.",
        List.of(
            "users list", "users add ada", "users add bob --role operator", "users disable bob"));
  }

  @Override
  public void options(OptionList options) {
    options
        .value("role", "ROLE", "With add: user, operator or admin; user when not given.")
        .json("Print what the server said as JSON.");
  }

  @Override
  int run(Arguments arguments, Surroundings around, ErrandClient client) {
    People people = client.people();
    List<String> words = arguments.operands();
    switch (words.isEmpty() ? "list" : words.getFirst()) {
      case "list" -> list(people.users(), arguments, around.terminal());
      case "add" -> {
        String name = named(words, 2);
        String role = role(arguments.value("role"));
        show(people.addUser(name, password(around.terminal()), role), arguments, around.terminal());
      }
      case "disable" ->
          show(people.setDisabled(named(words, 2), true), arguments, around.terminal());
      case "enable" ->
          show(people.setDisabled(named(words, 2), false), arguments, around.terminal());
      case "role" ->
          show(
              people.setRole(named(words, 3), role(words.getLast())), arguments, around.terminal());
      default ->
          throw Trouble.usage("'users " + words.getFirst() + "' is nothing that can be done.");
    }
    return ExitCode.DONE;
  }

  /// @param expected words, of which the second is the name
  private static String named(List<String> words, int expected) {
    if (words.size() != expected) {
      throw Trouble.usage(
          "'users %s' takes %s."
              .formatted(words.getFirst(), expected == 2 ? "a name" : "a name and a role"));
    }
    return words.get(1);
  }

  private static String role(@Nullable String word) {
    String role = word == null ? "user" : word;
    if (!ROLES.contains(role)) {
      throw Trouble.usage("A role is user, operator or admin, not '" + role + "'.");
    }
    return role;
  }

  private static String password(Terminal terminal) {
    return Optional.ofNullable(System.console())
        .filter(Console::isTerminal)
        .map(UsersCommand::typed)
        .orElseGet(() -> line(terminal));
  }

  private static String typed(Console console) {
    char[] typed = console.readPassword("Password of the new user: ");
    return typed == null ? "" : new String(typed);
  }

  private static String line(Terminal terminal) {
    try {
      // Not closed: the standard input is not ours.
      String line =
          new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8))
              .readLine();
      if (line == null) {
        throw Trouble.usage("The password is missing: give it on the standard input.");
      }
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void list(List<User> users, Arguments arguments, Terminal terminal) {
    if (arguments.has("json")) {
      ObjectNode document = Json.object();
      ArrayNode described = document.putArray("users");
      users.forEach(user -> described.add(user.json()));
      terminal.print(Json.pretty(document));
    } else if (users.isEmpty()) {
      terminal.note("No users yet: only the administrator's token opens the server.");
    } else {
      PeopleText.users(users).forEach(terminal.out()::println);
    }
  }

  private static void show(User user, Arguments arguments, Terminal terminal) {
    terminal.print(
        arguments.has("json")
            ? Json.pretty(user.json())
            : "%s  %s%s".formatted(user.name(), user.role(), user.disabled() ? "  disabled" : ""));
  }
}
