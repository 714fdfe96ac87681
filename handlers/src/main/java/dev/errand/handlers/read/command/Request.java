package dev.errand.handlers.read.command;

import dev.errand.handlers.read.command.Reading.Format;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// What was typed after `errand read`.
///
/// @param sources at least one
record Request(Format format, List<Source> sources) {
  private static final String OPTION = "--format";

  Request {
    sources = List.copyOf(sources);
  }

  /// @throws IllegalArgumentException saying what was not understood
  static Request of(List<String> words) {
    Format format = Format.TEXT;
    List<Source> sources = new ArrayList<>();
    boolean options = true;
    for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
      String word = rest.next();
      if (word.isEmpty()) {
        throw new IllegalArgumentException("'' is the name of no FILE and no URL.");
      } else if (!options || word.equals("-") || !word.startsWith("-")) {
        sources.add(new Source(word));
      } else if (word.equals("--")) {
        options = false;
      } else if (word.startsWith(OPTION + "=")) {
        format = format(word.substring(OPTION.length() + 1));
      } else if (word.equals(OPTION)) {
        format = format(rest.hasNext() ? rest.next() : "");
      } else {
        throw new IllegalArgumentException("'" + word + "' is not an option of read.");
      }
    }
    if (sources.isEmpty()) {
      throw new IllegalArgumentException("FILE or URL is missing; - reads what comes in.");
    }
    return new Request(format, sources);
  }

  private static Format format(String name) {
    return switch (name) {
      case "text" -> Format.TEXT;
      case "markdown" -> Format.MARKDOWN;
      case "json" -> Format.JSON;
      default ->
          throw new IllegalArgumentException(
              OPTION + " takes text, markdown or json, not '" + name + "'.");
    };
  }
}
