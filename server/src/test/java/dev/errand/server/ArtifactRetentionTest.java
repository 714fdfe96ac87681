package dev.errand.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.engine.access.Caller;
import dev.errand.engine.artifact.Artifact;
import dev.errand.engine.artifact.ArtifactStorage;
import dev.errand.engine.artifact.Artifacts;
import dev.errand.engine.lease.Outcome;
import dev.errand.engine.retention.Pruned;
import dev.errand.engine.retention.Pruner;
import dev.errand.engine.retention.Retention;
import dev.errand.engine.retention.RetentionStore;
import dev.errand.engine.task.NewTask;
import dev.errand.engine.task.Task;
import dev.errand.engine.task.TaskId;
import dev.errand.engine.task.TaskStore;
import dev.errand.postgres.PostgresRetention;
import dev.errand.server.database.Database;
import dev.errand.testkit.contract.TaskDraft;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// From the row of a task to the bytes of its artifacts.
class ArtifactRetentionTest {
  private static final Retention ONE_DAY =
      new Retention(Duration.ofDays(30), Map.of("say", Duration.ofDays(1)));
  private static final byte[] CONTENT = "what was found".getBytes(StandardCharsets.UTF_8);
  private static final Caller ADMIN = new Caller("admin", Caller.Role.ADMIN);

  private final TestServer server = TestServer.start(Map.of());
  private final Artifacts artifacts = server.part(Artifacts.class);
  private final ArtifactStorage storage = server.part(ArtifactStorage.class);
  private final RetentionStore retention =
      new PostgresRetention(server.part(Database.class).connections());
  private Task task = server.part(TaskStore.class).find(oldTask().id()).orElseThrow();

  @BeforeEach
  void endTaskLongAgo() throws Exception {
    server.end(server.claim(task.id().toString()), new Outcome.Completed("{}"));
    task = server.part(TaskStore.class).find(task.id()).orElseThrow();
    try (Connection connection = server.part(Database.class).connections().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("UPDATE ended_tasks SET finished_at = now() - interval '2 days'");
    }
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void when_a_task_is_pruned_the_bytes_of_its_artifacts_go_from_the_disk() throws Exception {
    Artifact artifact = artifacts.upload(task, "log", "text/plain", CONTENT);
    age(artifact);

    prune(storage);

    assertThat(server.get("/tasks/" + task.id()).status()).isEqualTo(404);
    assertThat(server.get("/artifacts/" + artifact.id()).status()).isEqualTo(404);
    assertThat(files()).isEmpty();
    assertThat(retention.unreferenced("", 10)).isEmpty();
  }

  @Test
  void the_same_bytes_put_for_another_task_at_that_moment_stay() throws Exception {
    Artifact old = artifacts.upload(task, "log", "text/plain", CONTENT);
    age(old);
    TaskId other = TaskId.parse(server.submit()).orElseThrow();
    Task newer = server.part(TaskStore.class).find(other).orElseThrow();

    prune(new Interrupting(() -> artifacts.upload(newer, "log", "text/plain", CONTENT)));

    assertThat(server.get("/tasks/" + task.id()).status()).isEqualTo(404);
    Artifact kept = artifacts.ofTask(other).getFirst();
    assertThat(server.get("/artifacts/" + kept.id()).body()).isEqualTo("what was found");
    assertThat(files()).hasSize(1);
    prune(storage);
    assertThat(artifacts.find(ADMIN, kept.id())).isEqualTo(kept);
    assertThat(files()).hasSize(1);
  }

  @Test
  void what_is_uploaded_for_a_task_that_is_just_gone_goes_as_well() throws Exception {
    Artifact first = artifacts.upload(task, "log", "text/plain", CONTENT);
    age(first);
    byte[] more = "too late".getBytes(StandardCharsets.UTF_8);
    prune(new Interrupting(() -> artifacts.upload(task, "log", "text/plain", more)));
    Artifact late = artifacts.ofTask(task.id()).getFirst();
    assertThat(files()).hasSize(1);
    age(late);

    // As if its task had been submitted a month earlier.
    Retention allOver = new Retention(Duration.ofDays(1), Map.of());
    prune(storage, allOver);

    assertThat(artifacts.ofTask(task.id())).isEmpty();
    assertThat(files()).isEmpty();
    assertThatThrownBy(() -> storage.open(late.sha256(), 0, 1))
        .isInstanceOf(NoSuchFileException.class);
  }

  private void prune(ArtifactStorage bytes) throws InterruptedException {
    prune(bytes, ONE_DAY);
  }

  private void prune(ArtifactStorage bytes, Retention lives) throws InterruptedException {
    Watched watched = new Watched(retention);
    try (Pruner _ = Pruner.start(watched, bytes, lives, Duration.ZERO, Pruner.EVERY)) {
      assertThat(watched.done.await(1, TimeUnit.MINUTES)).isTrue();
    }
  }

  /// Tells when the last bytes were dealt with.
  private record Watched(RetentionStore store, CountDownLatch done) implements RetentionStore {
    Watched(RetentionStore store) {
      this(store, new CountDownLatch(1));
    }

    @Override
    public Optional<Pruned> prune(Retention lives, Extent extent) throws InterruptedException {
      return store.prune(lives, extent);
    }

    @Override
    public List<String> unreferenced(String after, int limit) {
      List<String> some = store.unreferenced(after, limit);
      if (some.isEmpty()) {
        done.countDown();
      }
      return some;
    }

    @Override
    public void dealtWith(List<String> sha256s) {
      store.dealtWith(sha256s);
    }
  }

  private interface Upload {
    Artifact make() throws IOException;
  }

  /// Lets somebody upload something at the moment at which bytes are deleted.
  private final class Interrupting implements ArtifactStorage {
    private final Upload upload;

    Interrupting(Upload upload) {
      this.upload = upload;
    }

    @Override
    public boolean delete(String sha256, Duration grace) throws IOException {
      upload.make();
      return storage.delete(sha256, grace);
    }

    @Override
    public void put(String sha256, byte[] content) throws IOException {
      storage.put(sha256, content);
    }

    @Override
    public InputStream open(String sha256, long offset, long length) throws IOException {
      return storage.open(sha256, offset, length);
    }
  }

  /// Submitted three days ago, by its id.
  private NewTask oldTask() {
    long millis = Instant.now().minus(Duration.ofDays(3)).toEpochMilli();
    NewTask old =
        TaskDraft.of("say")
            .owner("admin")
            .task(new TaskId(new UUID(millis << 16 | 0x7000, 1L << 63)));
    server.part(TaskStore.class).submit(List.of(old));
    return old;
  }

  /// Lets the bytes look as if they had been put two days ago.
  private void age(Artifact artifact) throws IOException {
    for (Path file : files()) {
      if (file.endsWith(artifact.sha256())) {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
      }
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(server.directory().resolve("artifacts"))) {
      return all.filter(Files::isRegularFile).toList();
    }
  }
}
