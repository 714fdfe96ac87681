package dev.errand.cli.command;

import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/// The options of a command, in the order in which its help lists them.
public final class OptionList {
  private final Options options = new Options();

  /// An option that is there or not.
  OptionList flag(String name, String description) {
    options.addOption(Option.builder().longOpt(name).desc(description).get());
    return this;
  }

  /// An option with a value.
  OptionList value(String name, String valueName, String description) {
    options.addOption(
        Option.builder().longOpt(name).hasArg().argName(valueName).desc(description).get());
    return this;
  }

  OptionList json(String description) {
    return flag("json", description);
  }

  /// What every command understands.
  OptionList help() {
    options.addOption(Option.builder("h").longOpt("help").desc("Show this help.").get());
    return this;
  }

  /// An option with a value and a short name.
  OptionList value(String letter, String name, String valueName, String description) {
    options.addOption(
        Option.builder(letter).longOpt(name).hasArg().argName(valueName).desc(description).get());
    return this;
  }

  Options options() {
    return options;
  }
}
