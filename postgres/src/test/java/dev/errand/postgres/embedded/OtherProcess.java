package dev.errand.postgres.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Another Java process that runs the PostgreSQL of a directory, so that a test can kill it, or run
/// it under another account.
final class OtherProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;
  private final String answer;

  private OtherProcess(Process process) throws IOException {
    this.process = process;
    this.output = process.inputReader();
    this.answer = String.valueOf(output.readLine());
  }

  static OtherProcess start(Path directory) throws IOException {
    return start(List.of(), System.getProperty("java.class.path"), directory, TestServer.BINARIES);
  }

  /// @param prefix the command that starts the process in another way than as we are
  static OtherProcess start(List<String> prefix, String classPath, Path directory, Path binaries)
      throws IOException {
    var command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", classPath, OtherProcess.class.getName()));
    command.addAll(List.of(directory.toString(), binaries.toString()));
    return new OtherProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /// Runs until its input ends.
  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[0]);
    Path binaries = Path.of(arguments[1]);
    try (var postgres = EmbeddedPostgres.start(directory, binaries, Map.of())) {
      System.out.println("started " + postgres.jdbcUrl() + " " + postgres.password());
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (EmbeddedPostgresException failure) {
      System.out.println("failed " + failure.toString().replace('\n', ' '));
    }
  }

  /// What it said when its PostgreSQL accepted connections, or could not be started.
  String answer() {
    return answer;
  }

  Connection connect() throws SQLException {
    String[] words = answer.split(" ", -1);
    return DriverManager.getConnection(words[1], "errand", words[2]);
  }

  /// As by kill -9.
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    process.onExit().join();
    output.close();
  }
}
