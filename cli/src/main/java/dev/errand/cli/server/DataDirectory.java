package dev.errand.cli.server;

import dev.errand.client.Json;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// The folder in which a server on this machine keeps its data, and says where it listens.
public record DataDirectory(Path path) {

  /// The folder that the environment names, or the usual one: as the launcher found it, otherwise
  /// below the home directory.
  public static DataDirectory of(Map<String, String> environment) {
    String named = Given.text(environment, "ERRAND_DATA_DIR");
    String found = named.isEmpty() ? Given.text(environment, "ERRAND_USUAL_DATA_DIR") : named;
    return new DataDirectory(
        found.isEmpty() ? usual(environment) : Path.of(found).toAbsolutePath());
  }

  private static Path usual(Map<String, String> environment) {
    String data = environment.getOrDefault("XDG_DATA_HOME", "");
    Path parent =
        data.isEmpty()
            ? Path.of(environment.getOrDefault("HOME", "."), ".local", "share")
            : Path.of(data);
    return parent.resolve("errand").toAbsolutePath();
  }

  /// A server's note of itself.
  public record ServerNote(long pid, String url) {
    /// Whether the process that wrote the note still runs.
    boolean current() {
      return ProcessHandle.of(pid).isPresent();
    }
  }

  /// The note that the latest server left, whether it still runs or not.
  public Optional<ServerNote> serverNote() {
    try {
      JsonNode json = Json.read(Files.readString(path.resolve("server.json")));
      return Optional.of(new ServerNote(json.path("pid").asLong(0), json.path("url").asString("")));
    } catch (IOException | JacksonException _) {
      // Not there, or half written: the same as no server.
      return Optional.empty();
    }
  }

  /// The token that the server wrote for users of this machine; absent when there is none.
  @Nullable String token() {
    Path file = path.resolve("token");
    try {
      return Files.readString(file).strip();
    } catch (NoSuchFileException _) {
      return null;
    } catch (AccessDeniedException _) {
      throw Trouble.here(
          file
              + " may not be read by you: another user started this server.\n"
              + "Run errand as that user, or set ERRAND_TOKEN.");
    } catch (IOException e) {
      throw Trouble.here(file + " cannot be read: " + e.getMessage());
    }
  }

  public Path serverLog() {
    return path.resolve("logs").resolve("server.log");
  }

  /// Makes the folder and the one for logs.
  void create() {
    try {
      if (Files.notExists(path)) {
        Files.createDirectories(path);
        // As the server would: others may pass through and not look.
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx--x--x"));
      }
      Files.createDirectories(
          path.resolve("logs"),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException e) {
      throw Trouble.here(
          "The data directory "
              + path
              + " cannot be made ("
              + e
              + ").\n"
              + "Name another: ERRAND_DATA_DIR=/some/folder errand …");
    }
    if (!Files.isWritable(path)) {
      throw Trouble.here(
          "The data directory "
              + path
              + " is not writable for you.\n"
              + "Name another: ERRAND_DATA_DIR=/some/folder errand …");
    }
  }
}
