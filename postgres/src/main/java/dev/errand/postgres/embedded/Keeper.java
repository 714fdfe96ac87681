package dev.errand.postgres.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps a server running: starts it, and starts it again on the same port whenever it ends before
/// it should.
///
/// One platform thread of its own does all of this, for the reason that [Programs] gives.
final class Keeper {
  private static final Logger log = LoggerFactory.getLogger(Keeper.class);

  private static final int FIRST_START_TRIES = 5;
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  /// After a run of this length the next pause is short again.
  private static final Duration GOOD_RUN = Duration.ofSeconds(30);

  private final Path directory;
  private final Path binaries;
  private final Map<String, String> settings;

  private final Thread thread =
      Thread.ofPlatform().daemon().name("embedded-postgres").unstarted(this::keep);
  private final CompletableFuture<Kept> firstStart = new CompletableFuture<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private Optional<Postmaster> postmaster = Optional.empty(); // guarded by this

  /// What is being kept: a cluster, served on a port.
  record Kept(Cluster cluster, int port) {}

  Keeper(Path directory, Path binaries, Map<String, String> settings) {
    this.directory = directory;
    this.binaries = binaries;
    this.settings = settings;
  }

  /// Starts keeping, and waits until the server accepts connections.
  Kept start() throws InterruptedException {
    thread.start();
    try {
      return firstStart.get();
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof EmbeddedPostgresException explained
          ? explained
          : new EmbeddedPostgresException("PostgreSQL cannot run in " + directory, failed);
    }
  }

  /// Stops keeping, ends the server, and waits for both. An interrupt ends only the waiting.
  void close() throws IOException, InterruptedException {
    closing.countDown();
    stop();
    thread.join();
  }

  private void keep() {
    try {
      DirectoryTree.create(directory);
      DirectoryTree.create(binaries);
      try (var _ = DirectoryLock.take(directory)) {
        keepLocked();
      }
    } catch (IOException failure) {
      fail(EmbeddedPostgresException.because("PostgreSQL cannot run in " + directory, failure));
    } catch (Throwable failure) {
      fail(failure);
    }
  }

  private void fail(Throwable failure) {
    if (!firstStart.completeExceptionally(failure)) {
      log.error("PostgreSQL in {} is not kept running any more", directory, failure);
    }
  }

  private void keepLocked() throws IOException, InterruptedException {
    Path data = Cluster.dataIn(directory);
    new Leftovers(data).end();
    Account account = Account.owning(data);
    var programs = new Programs(Distribution.unpackedIn(binaries), account, data);
    Cluster cluster = Cluster.openedIn(directory, programs);
    try {
      int port = startFirst(cluster, programs);
      firstStart.complete(new Kept(cluster, port));
      keepUp(cluster, programs, port);
    } finally {
      stop();
      new Leftovers(data).end();
    }
  }

  /// Starts the server on a port of its choice.
  private int startFirst(Cluster cluster, Programs programs)
      throws IOException, InterruptedException {
    for (int tries = 1; ; tries++) {
      int port = freePort();
      switch (start(cluster, programs, port)) {
        case Postmaster.Start.Accepting _ -> {
          return port;
        }
        case Postmaster.Start.Failed failed -> {
          if (tries == FIRST_START_TRIES || !failed.worthAnotherTry()) {
            throw failed.asException();
          }
        }
      }
    }
  }

  private void keepUp(Cluster cluster, Programs programs, int port) throws InterruptedException {
    Duration pause = SHORTEST_PAUSE;
    while (true) {
      long begin = System.nanoTime();
      int exitCode = current().awaitEnd();
      boolean goodRun = System.nanoTime() - begin > GOOD_RUN.toNanos();
      pause = goodRun ? SHORTEST_PAUSE : longer(pause);
      if (!closed()) {
        log.warn(
            "PostgreSQL has ended with exit code {}; starting it again on port {} in {} ms",
            exitCode,
            port,
            pause.toMillis());
      }
      if (closing.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
        return;
      }
      startAgain(cluster, programs, port);
    }
  }

  /// Tries once; the next try follows, for whatever reason this one fails.
  private void startAgain(Cluster cluster, Programs programs, int port)
      throws InterruptedException {
    try {
      switch (start(cluster, programs, port)) {
        case Postmaster.Start.Accepting _ ->
            log.info("PostgreSQL accepts connections on port {} again", port);
        case Postmaster.Start.Failed failed -> log.error(failed.asException().getMessage());
      }
    } catch (IOException | RuntimeException failure) {
      log.error("PostgreSQL cannot be started again on port {}", port, failure);
    }
  }

  private Postmaster.Start start(Cluster cluster, Programs programs, int port)
      throws IOException, InterruptedException {
    new Leftovers(cluster.data()).end();
    synchronized (this) {
      if (closed()) {
        throw new EmbeddedPostgresException("PostgreSQL was closed before it had started.");
      }
      postmaster = Optional.of(Postmaster.launch(cluster, programs, port, settings));
    }
    return current().awaitStart();
  }

  private void stop() throws IOException, InterruptedException {
    Optional<Postmaster> last;
    synchronized (this) {
      last = postmaster;
    }
    if (last.isPresent()) {
      last.get().stop();
    }
  }

  private synchronized Postmaster current() {
    return postmaster.orElseThrow();
  }

  private boolean closed() {
    return closing.getCount() == 0;
  }

  private static Duration longer(Duration pause) {
    Duration doubled = pause.multipliedBy(2);
    return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }
}
