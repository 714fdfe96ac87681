package dev.errand.chaos.node;

import dev.errand.engine.task.TaskId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/// A file that all processes append to, one line a write: what was written before a kill stays, and
/// no lines mix.
public final class Footprints {
  /// In place of a step's name, where the whole attempt is meant.
  public static final String ATTEMPT = "-";

  private final Path file;

  public Footprints(Path file) {
    this.file = file;
  }

  public enum Mark {
    BEGIN,
    END
  }

  /// @param step a step's name, or [#ATTEMPT]
  /// @param attempt see [Walk#name]
  public record Footprint(UUID task, String step, String attempt, Mark mark, Instant at) {
    /// Whether this is of the whole attempt.
    public boolean whole() {
      return step.equals(ATTEMPT);
    }

    public long pid() {
      return Long.parseLong(attempt.substring(attempt.indexOf('@') + 1));
    }
  }

  void leave(TaskId task, String step, String attempt, Mark mark) {
    String line =
        "%s %s %s %s %s\n"
            .formatted(task, step, attempt, mark, Instant.now().truncatedTo(ChronoUnit.MICROS));
    // Opened for each line: an interrupt closes the channel of the thread that it finds in it.
    boolean interrupted = Thread.interrupted();
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  public List<Footprint> all() throws IOException {
    if (Files.notExists(file)) {
      return List.of();
    }
    return Files.readAllLines(file).stream().map(Footprints::read).toList();
  }

  private static Footprint read(String line) {
    String[] words = line.split(" ", -1);
    return new Footprint(
        UUID.fromString(words[0]),
        words[1],
        words[2],
        Mark.valueOf(words[3]),
        Instant.parse(words[4]));
  }
}
