package dev.errand.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;

/// What undoes one migration.
///
/// @param sql undoes it; the comment at its head tells people what is lost by that
record WayBack(String sql) {

  /// The one that lies in `folder` beside `script`, such as `U2__name.sql` beside `V2__name.sql`.
  static Optional<WayBack> of(String folder, String script) {
    return text(folder, script.replaceFirst("^V", "U")).map(WayBack::new);
  }

  /// Whether this version has the migration itself.
  static boolean knows(String folder, String script) {
    return text(folder, script).isPresent();
  }

  /// For people.
  String losses() {
    return sql.lines()
        .takeWhile(line -> line.startsWith("--"))
        .map(line -> line.substring(2).strip())
        .collect(Collectors.joining(" "));
  }

  private static Optional<String> text(String folder, String script) {
    String path = "/" + folder + "/" + script;
    try (InputStream file = WayBack.class.getResourceAsStream(path)) {
      return file == null
          ? Optional.empty()
          : Optional.of(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
