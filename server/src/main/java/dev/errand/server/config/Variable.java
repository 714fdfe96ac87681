package dev.errand.server.config;

/// A variable as it was read, for people to look at.
///
/// @param value with secrets masked
/// @param source `default`, `environment`, `file <path>` or the command line's option
public record Variable(String name, String value, String source) {

  @Override
  public String toString() {
    return "%s=%s  (%s)".formatted(name, value, source);
  }
}
