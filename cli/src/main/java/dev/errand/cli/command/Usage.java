package dev.errand.cli.command;

import java.util.List;

/// What a command's help says besides its options.
///
/// @param name as it is typed
/// @param operands what follows the options, such as `ID`
/// @param summary one line for the list of commands
/// @param details further sentences, empty when the summary says it all
/// @param examples what could be typed, without the program's name
public record Usage(
    String name, String operands, String summary, String details, List<String> examples) {
  public Usage {
    examples = List.copyOf(examples);
  }
}
