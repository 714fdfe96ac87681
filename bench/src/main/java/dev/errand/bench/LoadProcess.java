package dev.errand.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Programs that put load on a server from a small JVM of their own, which leaves it the
/// processors.
final class LoadProcess {
  private static final String TOKEN = "ERRAND_TOKEN";

  private LoadProcess() {}

  /// @param token what the program shows to the server, see [#token]
  /// @param heapMegabytes how much memory its objects may take
  static Process start(Class<?> program, String token, int heapMegabytes, List<String> arguments)
      throws IOException {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-Xmx" + heapMegabytes + "m", "-XX:+UseSerialGC"));
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    words.addAll(arguments);
    ProcessBuilder command =
        new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT);
    command.environment().put(TOKEN, token);
    return command.start();
  }

  /// In such a process, the token that it was started with.
  static String token() {
    return Objects.requireNonNull(System.getenv(TOKEN), TOKEN);
  }
}
