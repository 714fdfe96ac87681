package dev.errand.cli.command;

import dev.errand.cli.server.Trouble;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.MissingArgumentException;
import org.apache.commons.cli.ParseException;
import org.apache.commons.cli.UnrecognizedOptionException;

/// All commands, and how what was typed finds its way to one of them.
public final class Commands {
  private static final List<Command> ALL =
      List.of(
          new ResearchCommand(),
          LauncherCommand.SERVE,
          new SubmitCommand(),
          new ListCommand(),
          new ShowCommand(),
          new WatchCommand(),
          new LogCommand(),
          new CancelCommand(),
          new RetryCommand(),
          new ArtifactsCommand(),
          new ArtifactCommand(),
          LauncherCommand.READ,
          new DeadLettersCommand(),
          new QueuesCommand(),
          QueueCommand.PAUSE,
          QueueCommand.RESUME,
          new WorkersCommand(),
          new UsersCommand(),
          new KeysCommand(),
          LauncherCommand.CONFIG,
          LauncherCommand.INIT_DB,
          LauncherCommand.DB,
          LauncherCommand.TEST,
          LauncherCommand.FORMAT,
          LauncherCommand.BENCH,
          LauncherCommand.CHAOS,
          LauncherCommand.FAKE_SEARCH,
          LauncherCommand.FAKE_MODEL);

  private Commands() {}

  /// Runs what was typed.
  ///
  /// @return an [ExitCode]
  /// @throws Trouble when it cannot be done
  public static int run(List<String> typed, Surroundings around) {
    if (typed.isEmpty() || asksForHelp(typed.getFirst())) {
      return help(typed.subList(Math.min(1, typed.size()), typed.size()), around);
    }
    Command command = named(typed.getFirst());
    OptionList options = options(command);
    if (typed.contains("--help") || typed.contains("-h")) {
      around.terminal().print(Help.of(command, options, around.program()));
      return ExitCode.DONE;
    }
    return command.run(parse(typed.subList(1, typed.size()), options), around);
  }

  /// Whether there is a command of this name.
  public static boolean known(String name) {
    return ALL.stream().anyMatch(command -> command.usage().name().equals(name));
  }

  private static boolean asksForHelp(String word) {
    return List.of("help", "--help", "-h").contains(word);
  }

  private static int help(List<String> names, Surroundings around) {
    if (names.isEmpty() || asksForHelp(names.getFirst())) {
      around.terminal().print(Help.overview(ALL, around.program()));
    } else {
      Command command = named(names.getFirst());
      around.terminal().print(Help.of(command, options(command), around.program()));
    }
    return ExitCode.DONE;
  }

  private static Command named(String name) {
    Optional<Command> exact =
        ALL.stream().filter(command -> command.usage().name().equals(name)).findFirst();
    return exact.orElseThrow(() -> unknown(name));
  }

  private static Trouble unknown(String name) {
    String nearest =
        ALL.stream()
            .map(command -> command.usage().name())
            .min(Comparator.comparingInt(known -> distance(known, name)))
            .orElseThrow();
    String guess = distance(nearest, name) <= 2 ? " Is '" + nearest + "' meant?" : "";
    return Trouble.usage("There is no command '" + name + "'." + guess);
  }

  private static OptionList options(Command command) {
    OptionList options = new OptionList();
    command.options(options);
    return options.help();
  }

  private static Arguments parse(List<String> typed, OptionList options) {
    DefaultParser parser = DefaultParser.builder().setAllowPartialMatching(false).get();
    try {
      return new Arguments(parser.parse(options.options(), typed.toArray(String[]::new)));
    } catch (UnrecognizedOptionException e) {
      throw Trouble.usage("There is no option '" + e.getOption() + "' here.");
    } catch (MissingArgumentException e) {
      throw Trouble.usage("--" + e.getOption().getLongOpt() + " needs a value.");
    } catch (ParseException e) {
      throw Trouble.usage(String.valueOf(e.getMessage()));
    }
  }

  /// How many letters have to be changed, added or left out to make one word of the other.
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    Arrays.setAll(row, i -> i);
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int above = row[j];
        int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(diagonal + change, 1 + Math.min(above, row[j - 1]));
        diagonal = above;
      }
    }
    return row[other.length()];
  }
}
