package dev.errand.cli.view;

import dev.errand.client.Event;

/// Shows how a task comes along, on the terminal's `err`.
public sealed interface Progress extends AutoCloseable permits Bar, Lines {

  /// One line that is redrawn where a line can be redrawn, otherwise a line for each event.
  static Progress on(Terminal terminal) {
    return terminal.live() ? new Bar(terminal) : new Lines(terminal);
  }

  void event(Event event);

  /// Something that is no event, such as a server that does not answer just now.
  void note(String text);

  /// Leaves the terminal as it was found.
  @Override
  void close();
}
