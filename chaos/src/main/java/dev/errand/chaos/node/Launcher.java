package dev.errand.chaos.node;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/// Starts servers quickly: what the JVM learns in a first start it keeps for the others.
///
/// @param classPath jars only, since the JVM keeps nothing of classes in folders
/// @param folder where everything of this run is
/// @param lease how long a silent worker keeps its tasks
public record Launcher(String classPath, Path folder, Duration lease) {

  public static Launcher in(Path folder, Duration lease) throws IOException, InterruptedException {
    List<String> jars = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path path = Path.of(entry);
      if (Files.isDirectory(path)) {
        jars.add(jar(path, folder.resolve("classes-" + jars.size() + ".jar")).toString());
      } else if (Files.exists(path)) {
        jars.add(entry);
      }
    }
    Launcher launcher = new Launcher(String.join(File.pathSeparator, jars), folder, lease);
    launcher.learn();
    return launcher;
  }

  private static Path jar(Path classes, Path jar) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        Stream<Path> paths = Files.walk(classes)) {
      for (Path path : paths.filter(path -> !path.equals(classes)).toList()) {
        // Whoever looks for what is in a folder, as migrations are, needs the folder's own entry.
        String folder = Files.isDirectory(path) ? "/" : "";
        out.putNextEntry(new JarEntry(classes.relativize(path) + folder));
        if (folder.isEmpty()) {
          Files.copy(path, out);
        }
        out.closeEntry();
      }
    }
    return jar;
  }

  private void learn() throws IOException, InterruptedException {
    Path data = Files.createDirectory(folder.resolve("first"));
    try (ServerProcess first =
        start("first", data, List.of("-XX:AOTCacheOutput=" + cache()), Map.of())) {
      first.awaitReady();
    }
  }

  private Path cache() {
    return folder.resolve("server.aot");
  }

  public Footprints footprints() {
    return new Footprints(folder.resolve("footprints"));
  }

  /// @param data its data directory
  public ServerProcess start(String name, Path data, Map<String, String> environment)
      throws IOException {
    // A cache that could not be made is no reason to fail.
    List<String> quick =
        Files.exists(cache()) ? List.of("-XX:AOTCache=" + cache(), "-Xlog:disable") : List.of();
    return start(name, data, quick, environment);
  }

  private ServerProcess start(
      String name, Path data, List<String> options, Map<String, String> environment)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx192m"));
    command.addAll(List.of("-Djdk.virtualThreadScheduler.parallelism=8"));
    command.addAll(
        List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, NodeProgram.class.getName()));
    command.add(folder.resolve("footprints").toString());
    command.add(String.valueOf(lease.toMillis()));
    Path log = folder.resolve(name + ".log");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().keySet().removeIf(variable -> variable.startsWith("ERRAND_"));
    builder.environment().remove("DATABASE_URL");
    builder
        .environment()
        .putAll(Map.of("ERRAND_PORT", "0", "ERRAND_LOG", "json", "TASKS_PER_MINUTE", "1000000"));
    builder.environment().put("ERRAND_DATA_DIR", data.toString());
    builder.environment().putAll(environment);
    return new ServerProcess(builder.start(), data, log);
  }
}
