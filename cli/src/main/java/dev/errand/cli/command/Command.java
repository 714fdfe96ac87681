package dev.errand.cli.command;

/// One of the things that can be typed after `errand`.
public interface Command {

  Usage usage();

  /// Adds the command's own options.
  default void options(OptionList options) {}

  /// Does it.
  ///
  /// @return an [ExitCode]
  int run(Arguments arguments, Surroundings around);
}
