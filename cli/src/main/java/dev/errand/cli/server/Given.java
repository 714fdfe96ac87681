package dev.errand.cli.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;

/// What the environment says, in a variable or in the file that `<name>_FILE` names.
final class Given {
  private Given() {}

  /// The value of `name`, empty when it is not given.
  ///
  /// @throws Trouble when its file cannot be read
  static String text(Map<String, String> environment, String name) {
    String text = environment.getOrDefault(name, "").strip();
    String file = environment.getOrDefault(name + "_FILE", "").strip();
    if (!text.isEmpty() || file.isEmpty()) {
      return text;
    }
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException | InvalidPathException e) {
      throw Trouble.here("The file that %s_FILE names cannot be read: %s".formatted(name, e));
    }
  }
}
