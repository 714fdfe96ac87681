package dev.errand.server.config;

import java.util.List;

/// Settings that a server cannot start with; the message has one line for each.
public final class InvalidSettings extends RuntimeException {
  public InvalidSettings(List<String> complaints) {
    super(String.join("\n", complaints));
  }
}
