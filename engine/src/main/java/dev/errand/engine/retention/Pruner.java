package dev.errand.engine.retention;

import dev.errand.engine.artifact.ArtifactStorage;
import dev.errand.engine.loop.Loop;
import dev.errand.engine.retention.RetentionStore.Extent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Prunes what has been kept long enough. Any number of nodes may run one.
public final class Pruner implements AutoCloseable {
  /// The first pass lets a start be over.
  public static final Duration FIRST = Duration.ofMinutes(1);

  public static final Duration EVERY = Duration.ofHours(1);

  private static final Logger log = LoggerFactory.getLogger(Pruner.class);
  private static final Duration ALL_EVERY = Duration.ofDays(1);
  private static final Duration AFTER_ERROR = Duration.ofSeconds(5);
  private static final int BYTES_AT_ONCE = 100;

  /// How long an artifact that is just being stored may take from its bytes to its record.
  private static final Duration GRACE = Duration.ofDays(1);

  private final RetentionStore store;
  private final ArtifactStorage storage;
  private final Retention retention;
  private final Loop loop;
  private long nextAllNanos;

  private Pruner(
      RetentionStore store,
      ArtifactStorage storage,
      Retention retention,
      Duration first,
      Duration every) {
    this.store = store;
    this.storage = storage;
    this.retention = retention;
    this.nextAllNanos = System.nanoTime() + first.toNanos();
    this.loop = Loop.every("retention", first, every, AFTER_ERROR, this::prune);
  }

  /// @param first when the first pass begins
  /// @param every how long it waits in between
  public static Pruner start(
      RetentionStore store,
      ArtifactStorage storage,
      Retention retention,
      Duration first,
      Duration every) {
    Pruner pruner = new Pruner(store, storage, retention, first, every);
    pruner.loop.start();
    return pruner;
  }

  public boolean healthy() {
    return loop.healthy();
  }

  private void prune() throws InterruptedException {
    Extent extent = System.nanoTime() - nextAllNanos >= 0 ? Extent.ALL : Extent.RECENT;
    boolean ours = store.prune(retention, extent).map(Pruner::tell).isPresent();
    if (ours) {
      deleteBytes();
    }
    if (extent == Extent.ALL) {
      nextAllNanos = System.nanoTime() + ALL_EVERY.toNanos();
    }
  }

  private static Pruned tell(Pruned pruned) {
    if (!pruned.nothing()) {
      log.atInfo()
          .addKeyValue("event", "tasks_pruned")
          .addKeyValue("weeks", pruned.weeks())
          .addKeyValue("tasks", pruned.tasks())
          .addKeyValue("rows", pruned.rows())
          .log("Pruned {} weeks and {} tasks", pruned.weeks(), pruned.tasks());
    }
    return pruned;
  }

  /// Bytes that were stored a moment ago stay until a later pass: their artifact may be recorded
  /// next.
  private void deleteBytes() throws InterruptedException {
    List<String> some = store.unreferenced("", BYTES_AT_ONCE);
    while (!some.isEmpty()) {
      store.dealtWith(some.stream().filter(this::delete).toList());
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      some = store.unreferenced(some.getLast(), BYTES_AT_ONCE);
    }
  }

  private boolean delete(String sha256) {
    try {
      return storage.delete(sha256, GRACE);
    } catch (IOException e) {
      throw new UncheckedIOException("The bytes of an artifact could not be deleted", e);
    }
  }

  @Override
  public void close() {
    loop.close();
  }
}
