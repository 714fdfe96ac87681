package dev.errand.cli.command;

import dev.errand.cli.view.Terminal;
import java.util.Map;

/// What a command finds around it.
///
/// @param program as it was called, for advice that can be typed
public record Surroundings(
    Map<String, String> environment, Terminal terminal, String program, Interruption interruption) {
  public Surroundings {
    environment = Map.copyOf(environment);
  }
}
