package dev.errand.postgres.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What an earlier server left behind in a data directory: a postmaster that outlived its Errand or
/// is on its way out, sessions that outlived their postmaster, a file that names a process gone
/// long ago. None of it may keep the next start waiting.
///
/// A process belongs to the data directory when it runs a `postgres` and works there; a number in a
/// file proves nothing, since numbers are used again. Call it only while holding the
/// [DirectoryLock]: then no living Errand needs these processes.
final class Leftovers {
  private static final Logger log = LoggerFactory.getLogger(Leftovers.class);

  /// A fast shutdown writes at most the shared buffers.
  private static final Duration FAST_SHUTDOWN = Duration.ofSeconds(10);

  private static final Duration IMMEDIATE_SHUTDOWN = Duration.ofSeconds(5);

  /// Sessions that wait see the end of their postmaster at once; those that compute do not.
  private static final Duration OWN_ACCORD = Duration.ofMillis(100);

  private static final Path PROCESSES = Path.of("/proc");
  private static final long GLANCE_MILLIS = 2;

  private final Path data;

  Leftovers(Path data) {
    this.data = data;
  }

  void end() throws IOException, InterruptedException {
    if (Files.notExists(data)) {
      return;
    }
    Optional<Long> postmaster = PidFile.read(data).map(PidFile::pid).filter(living()::contains);
    if (postmaster.isPresent()) {
      stop(postmaster.get());
    }
    if (!gone(OWN_ACCORD, this::living)) {
      kill(living());
    }
    deletePidFileOfStranger();
  }

  /// Whether the postmaster ends or not: what is left of it afterwards is killed.
  private void stop(long postmaster) throws IOException, InterruptedException {
    log.info("An earlier PostgreSQL (process {}) runs in {}: stopping it", postmaster, data);
    Processes itself = () -> living().stream().filter(pid -> pid == postmaster).toList();
    Shutdown.FAST.request(postmaster);
    if (!gone(FAST_SHUTDOWN, itself)) {
      Shutdown.IMMEDIATE.request(postmaster);
      gone(IMMEDIATE_SHUTDOWN, itself);
    }
  }

  private void kill(List<Long> pids) throws IOException, InterruptedException {
    log.info("Processes {} serve {} that should have ended: killing them", pids, data);
    for (long pid : pids) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
    if (!gone(IMMEDIATE_SHUTDOWN, this::living)) {
      throw new EmbeddedPostgresException(
          "Processes %s of an earlier PostgreSQL in %s cannot be ended. End them, then start again. %s"
              .formatted(living(), data, EmbeddedPostgresException.OTHERWISE));
    }
  }

  /// PostgreSQL refuses to start when the process that its file names lives, whoever that is now.
  private void deletePidFileOfStranger() throws IOException {
    Optional<PidFile> stale = PidFile.read(data);
    if (stale.isPresent() && Files.exists(process(stale.get().pid()))) {
      log.info(
          "{} names process {}, which is not PostgreSQL's any more",
          PidFile.in(data),
          stale.get().pid());
      Files.deleteIfExists(PidFile.in(data));
    }
  }

  private interface Processes {
    List<Long> living() throws IOException;
  }

  private static boolean gone(Duration patience, Processes processes)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!processes.living().isEmpty()) {
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      Thread.sleep(GLANCE_MILLIS);
    }
    return true;
  }

  /// The processes that serve the data directory.
  List<Long> living() throws IOException {
    Path workplace = data.toRealPath();
    var pids = new ArrayList<Long>();
    try (var processes = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
      for (Path process : processes) {
        if (serves(process, workplace)) {
          pids.add(Long.valueOf(process.getFileName().toString()));
        }
      }
    }
    return pids;
  }

  /// The links of another account's processes cannot be read, nor those of a process that has
  /// ended: neither serves us.
  private static boolean serves(Path process, Path workplace) {
    try {
      return Files.readSymbolicLink(process.resolve("cwd")).equals(workplace)
          && Files.readSymbolicLink(process.resolve("exe")).toString().contains("/bin/postgres");
    } catch (IOException _) {
      return false;
    }
  }

  private static Path process(long pid) {
    return PROCESSES.resolve(String.valueOf(pid));
  }
}
