package dev.errand.cli.command;

import dev.errand.cli.server.Trouble;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.cli.CommandLine;
import org.jspecify.annotations.Nullable;

/// What was typed after a command's name.
public final class Arguments {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})([smhd]?)");

  private final CommandLine line;

  Arguments(CommandLine line) {
    this.line = line;
  }

  boolean has(String option) {
    return line.hasOption(option);
  }

  @Nullable String value(String option) {
    return line.getOptionValue(option);
  }

  /// Every value of an option that may come more than once.
  List<String> values(String option) {
    String[] values = line.getOptionValues(option);
    return values == null ? List.of() : List.of(values);
  }

  /// @throws Trouble when the option's value is no number from `least` to `most`
  int number(String option, int absent, int least, int most) {
    String value = value(option);
    if (value == null) {
      return absent;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException _) {
      // Said below.
    }
    throw Trouble.usage(
        "--%s takes a number from %d to %d, not '%s'.".formatted(option, least, most, value));
  }

  /// A duration such as `90`, `90s`, `5m`, `2h` or `1d`.
  @Nullable Duration duration(String option) {
    String value = value(option);
    if (value == null) {
      return null;
    }
    Matcher matcher = DURATION.matcher(value);
    if (!matcher.matches()) {
      throw Trouble.usage(
          "--%s takes a duration such as 90s, 5m, 2h or 1d, not '%s'.".formatted(option, value));
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      case "d" -> Duration.ofDays(amount);
      default -> Duration.ofSeconds(amount);
    };
  }

  List<String> operands() {
    return line.getArgList();
  }

  /// The one operand that the command takes.
  ///
  /// @param name as the command's help calls it
  String operand(String name) {
    if (operands().size() != 1) {
      throw Trouble.usage(
          operands().isEmpty()
              ? name + " is missing."
              : "One " + name + " is expected, not " + operands().size() + ".");
    }
    return operands().getFirst();
  }

  /// For a command without operands.
  void noOperands() {
    if (!operands().isEmpty()) {
      throw Trouble.usage("'" + operands().getFirst() + "' is one word too many.");
    }
  }
}
