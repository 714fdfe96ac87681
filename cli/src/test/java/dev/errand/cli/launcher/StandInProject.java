package dev.errand.cli.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The script in a project of its own, with JDKs and a Maven that only say how they were called.
final class StandInProject {
  private static final List<String> TOOLS =
      List.of(
          "sh",
          "cat",
          "cp",
          "dirname",
          "find",
          "grep",
          "head",
          "kill",
          "ls",
          "mkdir",
          "mv",
          "ps",
          "readlink",
          "rm",
          "sed",
          "sleep",
          "sort",
          "stty",
          "tail",
          "touch",
          "uname");

  final Path root;
  final Path project;
  final Path bin;
  private final Map<String, String> environment = new HashMap<>();
  private final Map<Long, Path> errors = new HashMap<>();

  /// What became of a run.
  record Outcome(int code, String out, String err) {}

  StandInProject(Path root) throws IOException {
    this.root = root;
    this.project = Files.createDirectories(root.resolve("a project"));
    this.bin = Files.createDirectories(root.resolve("bin"));
    Files.copy(Path.of("..", "errand").toRealPath(), project.resolve("errand"));
    Files.writeString(project.resolve("pom.xml"), "<project/>");
    Files.createDirectories(project.resolve("cli/src/main"));
    for (String tool : TOOLS) {
      link(tool);
    }
    environment.put("PATH", bin.toString());
    environment.put("HOME", Files.createDirectories(root.resolve("home")).toString());
    environment.put("ERRAND_JDK_FOLDERS", root + "/jvm/*");
  }

  StandInProject with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /// A JDK that prints how it was called, and makes the caches it is asked for.
  Path jdk(String folder, String version) throws IOException {
    Path home = Files.createDirectories(root.resolve(folder));
    Files.writeString(
        home.resolve("release"),
        "IMPLEMENTOR=\"Stand-in\"\nJAVA_RUNTIME_VERSION=\"%s+1\"\nJAVA_VERSION=\"%s\"\n"
            .formatted(version, version));
    script(
        home.resolve("bin/java"),
        """
        for word in "$@"; do
          case $word in
            -XX:AOTCacheOutput=*) [ -f "$FAIL_CACHES" ] && exit 1; : > "${word#*=}" ;;
            -XshowSettings*) echo "    user.home = $HOME" >&2; exit ;;
          esac
        done
        echo "java of $0"
        echo "data in ${ERRAND_DATA_DIR:-usual $ERRAND_USUAL_DATA_DIR}"
        for word in "$@"; do echo "[$word]"; done
        """);
    script(home.resolve("bin/javac"), "");
    environment.put("FAIL_CACHES", root.resolve("fail-caches").toString());
    return home;
  }

  /// A Maven on the PATH that "builds" by making the jars, unless `more` says otherwise.
  void maven(String version, String more) throws IOException {
    script(bin.resolve("mvn"), mavenScript(version, more));
  }

  void wrapper(String more) throws IOException {
    script(project.resolve("mvnw"), mavenScript("wrapper", more));
  }

  /// How Maven was called, a line for each time.
  List<String> builds() throws IOException {
    Path calls = root.resolve("builds");
    return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
  }

  /// Has the jars there, as after a build by hand.
  void jars() throws IOException {
    for (String jar :
        List.of("cli/target/app/errand-cli.jar", "server/target/app/errand-server.jar")) {
      Files.createDirectories(project.resolve(jar).getParent());
      Files.writeString(project.resolve(jar), "");
    }
  }

  Outcome run(String... words) throws Exception {
    return run(project.resolve("errand"), root, words);
  }

  Outcome run(Path script, Path workingDirectory, String... words) throws Exception {
    Process process = start(script, workingDirectory, words);
    return outcome(process);
  }

  Process start(Path script, Path workingDirectory, String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).directory(workingDirectory.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Path errorFile = Files.createTempFile(root, "err", ".txt");
    Process process = builder.redirectError(errorFile.toFile()).start();
    errors.put(process.pid(), errorFile);
    process.getOutputStream().close();
    return process;
  }

  Outcome outcome(Process process) throws Exception {
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), out, errorsOf(process));
  }

  /// What a process has written to its standard error so far.
  String errorsOf(Process process) throws IOException {
    return Files.readString(errors.getOrDefault(process.pid(), root));
  }

  private String mavenScript(String version, String more) {
    return """
    case $1 in
      --version) echo "Apache Maven %s (stand-in)"; exit ;;
    esac
    echo "%s JAVA_HOME=$JAVA_HOME $*" >> "%s"
    %s
    mkdir -p cli/target/app server/target/app
    : > cli/target/app/errand-cli.jar
    : > server/target/app/errand-server.jar
    """
        .formatted(version, version, root.resolve("builds"), more);
  }

  private static void script(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void link(String tool) throws IOException {
    for (String folder : List.of("/usr/bin", "/bin")) {
      Path real = Path.of(folder, tool);
      if (Files.exists(real)) {
        script(bin.resolve(tool), "exec " + real + " \"$@\"\n");
        return;
      }
    }
  }
}
