package dev.errand.cli.command;

import dev.errand.cli.server.Trouble;
import dev.errand.client.ErrandClient;
import dev.errand.client.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/// Fetches an artifact.
final class ArtifactCommand extends ServerCommand {

  @Override
  public Usage usage() {
    return new Usage(
        "artifact",
        "ID",
        "Fetch an artifact.",
        "Its bytes go to the standard output, or to a file.",
        List.of(
            "artifact 01980c6e-5b1f-7d6a-9f1e-2b6f3c1d4e5f",
            "artifact 01980c6e-5b1f-7d6a-9f1e-2b6f3c1d4e5f -o report.md"));
  }

  @Override
  public void options(OptionList options) {
    options
        .value("o", "output", "FILE", "Write to FILE.")
        .json("Print what is known of the artifact instead of its bytes.");
  }

  @Override
  int run(Arguments arguments, Surroundings around, ErrandClient client) {
    String id = arguments.operand("ID");
    String file = arguments.value("output");
    if (arguments.has("json")) {
      around.terminal().print(Json.pretty(client.artifact(id).json()));
    } else if (file == null) {
      client.download(id, around.terminal().out());
    } else {
      save(id, Path.of(file).toAbsolutePath(), client);
      around.terminal().note("Written to " + file + ".");
    }
    return ExitCode.DONE;
  }

  /// Writes beside `file` first, so that a failed download leaves what was there as it was.
  private static void save(String id, Path file, ErrandClient client) {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      try (OutputStream out = Files.newOutputStream(part)) {
        client.download(id, out);
      } catch (RuntimeException e) {
        Files.deleteIfExists(part);
        throw e;
      }
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException | UncheckedIOException e) {
      throw Trouble.here(file + " cannot be written: " + e.getMessage());
    }
  }
}
