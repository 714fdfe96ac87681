package dev.errand.cli.view;

import dev.errand.client.Event;

/// Progress as plain lines, one for each event.
final class Lines implements Progress {
  private final Terminal terminal;

  Lines(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void event(Event event) {
    terminal.note(EventWords.of(event));
  }

  @Override
  public void note(String text) {
    terminal.note(text);
  }

  @Override
  public void close() {}
}
