package dev.errand.chaos.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The process of an [dev.errand.postgres.embedded.EmbeddedPostgres] that all others belong to.
/// While there is none, signals reach nobody.
///
/// @param folder where PostgreSQL was started
public record Postmaster(Path folder) {

  public void signal(String signal) throws IOException, InterruptedException {
    Optional<Long> pid = pid();
    if (pid.isPresent()) {
      Processes.signal(pid.get(), signal);
    }
  }

  /// Sends a signal to any of the processes that it has started.
  public void signalChild(String signal, RandomGenerator random)
      throws IOException, InterruptedException {
    List<Long> children = pid().map(Postmaster::childrenOf).orElse(List.of());
    if (!children.isEmpty()) {
      Processes.signal(children.get(random.nextInt(children.size())), signal);
    }
  }

  private static List<Long> childrenOf(long pid) {
    return ProcessHandle.of(pid).stream()
        .flatMap(ProcessHandle::children)
        .map(ProcessHandle::pid)
        .sorted()
        .toList();
  }

  private Optional<Long> pid() throws IOException {
    try {
      return Files.readString(folder.resolve("cluster").resolve("data").resolve("postmaster.pid"))
          .lines()
          .limit(1)
          .filter(line -> line.matches("\\d+"))
          .map(Long::valueOf)
          .filter(Postmaster::isPostgres)
          .findFirst();
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  /// The file may be an old one, and its number may be somebody else's by now.
  private static boolean isPostgres(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().command())
        .filter(command -> command.endsWith("/postgres"))
        .isPresent();
  }
}
