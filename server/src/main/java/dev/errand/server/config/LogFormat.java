package dev.errand.server.config;

import java.util.Locale;

/// How log lines look on the console.
public enum LogFormat {
  /// Text where a person watches (a terminal), JSON everywhere else.
  AUTO,
  TEXT,
  /// One object a line.
  JSON;

  /// This format, decided.
  ///
  /// @param terminal whether the console is one
  public LogFormat on(boolean terminal) {
    return switch (this) {
      case AUTO -> terminal ? TEXT : JSON;
      case TEXT, JSON -> this;
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
