package dev.errand.cli.command;

import dev.errand.cli.server.Servers;
import dev.errand.client.ErrandClient;

/// A command that talks to the server that runs.
abstract class ServerCommand implements Command {

  @Override
  public final int run(Arguments arguments, Surroundings around) {
    return run(arguments, around, new Servers(around.environment()).client());
  }

  abstract int run(Arguments arguments, Surroundings around, ErrandClient client);
}
