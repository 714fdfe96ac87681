package dev.errand.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.errand.server.config.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// The TypeScript client's own tests, run by Node against a whole server of this build. Skipped,
/// and said so, where there is no Node 20.
class TypeScriptClientTest {
  private static final int OLDEST_NODE = 20;

  @Test
  void the_typescript_client_passes_its_tests_against_this_server() throws Exception {
    assumeTrue(
        nodeVersion() >= OLDEST_NODE,
        "The TypeScript client is NOT tested: there is no Node " + OLDEST_NODE + " on the PATH.");
    Path client = folder();
    install(client);
    Path data = Files.createTempDirectory("errand-typescript");
    Settings settings =
        Settings.read(Map.of(), Map.of("ERRAND_PORT", "0", "ERRAND_DATA_DIR", data.toString()));
    try (ErrandServer server = ErrandServer.start(settings)) {
      String token = Files.readString(data.resolve("token")).strip();
      Map<String, String> environment = Map.of("ERRAND_URL", server.url(), "ERRAND_TOKEN", token);
      run(client, environment, "npm", "test");
    } finally {
      Training.delete(data);
    }
  }

  /// Installs what the lock file names, unless it is there.
  private static void install(Path client) throws Exception {
    Path lock = client.resolve("package-lock.json");
    Path installed = client.resolve("node_modules/.package-lock.json");
    boolean current =
        Files.exists(installed)
            && Files.getLastModifiedTime(installed).compareTo(Files.getLastModifiedTime(lock)) >= 0;
    if (!current) {
      run(client, Map.of(), "npm", "ci", "--ignore-scripts");
    }
  }

  /// Maven runs the tests of a module in its own folder.
  private static Path folder() {
    return Path.of("").toAbsolutePath().resolveSibling("clients").resolve("typescript");
  }

  private static int nodeVersion() throws InterruptedException {
    try {
      Process node = new ProcessBuilder("node", "--version").start();
      String version = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      node.waitFor();
      return version.matches("v\\d+\\..*\\s*")
          ? Integer.parseInt(version.substring(1, version.indexOf('.')))
          : 0;
    } catch (IOException _) {
      return 0;
    }
  }

  private static void run(Path folder, Map<String, String> environment, String... command)
      throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    System.out.println(said);
    assertThat(process.exitValue()).as("%s%n%s", List.of(command), said).isZero();
  }
}
