package dev.errand.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.engine.artifact.Artifact;
import dev.errand.engine.lease.Lease;
import dev.errand.engine.lease.Outcome;
import dev.errand.engine.task.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What every [dev.errand.engine.artifact.ArtifactStore] must keep and give back.
public abstract class ArtifactStoreContract extends StoreContract {
  private static final String SOME_SHA256 = "ab".repeat(32);
  private static final String OTHER_SHA256 = "cd".repeat(32);

  @Test
  void an_artifact_of_an_attempt_is_found_as_it_was_put() {
    Lease lease = running("echo");
    Artifact report = artifact(lease.task(), "report.md");

    assertThat(store().artifacts().put(lease, report)).contains(report);

    assertThat(store().artifacts().find(report.id())).contains(report);
    assertThat(store().artifacts().ofTask(lease.task())).containsExactly(report);
  }

  @Test
  void an_artifact_nobody_stored_is_not_found() {
    assertThat(store().artifacts().find(UUID.randomUUID())).isEmpty();
    assertThat(store().artifacts().ofTask(TaskId.next())).isEmpty();
  }

  @Test
  void storing_an_artifact_is_no_event() {
    Lease lease = running("echo");

    store().artifacts().put(lease, artifact(lease.task(), "report.md"));

    assertThat(eventTypes(lease.task())).containsExactly("queued", "started");
  }

  @Test
  void an_artifact_put_again_is_replaced_and_keeps_its_id() {
    Lease lease = running("echo");
    Artifact first = artifact(lease.task(), "report.md");
    store().artifacts().put(lease, first);
    end(lease, new Outcome.Retrying(BROKEN, Duration.ZERO));
    Lease second = claimed(worker("echo"), lease.task());
    Artifact again = rewritten(artifact(lease.task(), "report.md"));

    Artifact stored = store().artifacts().put(second, again).orElseThrow();

    assertThat(stored).isEqualTo(rewritten(first));
    assertThat(store().artifacts().find(first.id())).contains(stored);
    assertThat(store().artifacts().find(again.id())).isEmpty();
    assertThat(store().artifacts().ofTask(lease.task())).containsExactly(stored);
  }

  @Test
  void artifacts_of_another_task_type_or_name_are_not_replaced() {
    Lease lease = running("echo");
    Lease other = running("echo");
    Artifact report = artifact(lease.task(), "report.md");
    Artifact otherName = artifact(lease.task(), "REPORT.md");
    Artifact otherType = ofType(artifact(lease.task(), "report.md"), "draft");
    Artifact otherTask = artifact(other.task(), "report.md");

    store().artifacts().put(lease, report);
    store().artifacts().put(lease, otherName);
    store().artifacts().put(lease, otherType);
    store().artifacts().put(other, otherTask);

    assertThat(store().artifacts().ofTask(lease.task()))
        .containsExactlyInAnyOrder(report, otherName, otherType);
    assertThat(store().artifacts().ofTask(other.task())).containsExactly(otherTask);
  }

  @Test
  void an_attempt_that_lost_its_lease_stores_nothing() {
    Lease lease = running("echo");
    Artifact kept = artifact(lease.task(), "kept.md");
    store().artifacts().put(lease, kept);
    end(lease, new Outcome.Completed("{}"));

    Optional<Artifact> replaced =
        store().artifacts().put(lease, rewritten(artifact(lease.task(), "kept.md")));
    Optional<Artifact> added = store().artifacts().put(lease, artifact(lease.task(), "new.md"));

    assertThat(replaced).isEmpty();
    assertThat(added).isEmpty();
    assertThat(store().artifacts().ofTask(lease.task())).containsExactly(kept);
  }

  @Test
  void an_attempt_whose_task_was_rescued_stores_nothing() {
    Lease lease = running("echo");
    rescueAfterSilence();

    assertThat(store().artifacts().put(lease, artifact(lease.task(), "late.md"))).isEmpty();

    assertThat(store().artifacts().ofTask(lease.task())).isEmpty();
  }

  @Test
  void uploads_of_the_same_name_are_kept_apart() {
    TaskId task = submitted("echo");
    Artifact first = artifact(task, "photo.jpg");
    Artifact second = artifact(task, "photo.jpg");

    store().artifacts().add(first);
    store().artifacts().add(second);

    assertThat(store().artifacts().ofTask(task)).containsExactlyInAnyOrder(first, second);
  }

  @Test
  void an_upload_is_never_replaced_by_what_an_attempt_stores() {
    Lease lease = running("echo");
    Artifact upload = artifact(lease.task(), "report.md");
    Artifact stored = rewritten(artifact(lease.task(), "report.md"));

    store().artifacts().add(upload);

    assertThat(store().artifacts().put(lease, stored)).contains(stored);
    assertThat(store().artifacts().ofTask(lease.task())).containsExactlyInAnyOrder(upload, stored);
  }

  // A caller whose connection broke cannot know whether the first call took effect.
  @Test
  void an_upload_that_is_repeated_is_kept_once() {
    TaskId task = submitted("echo");
    Artifact upload = artifact(task, "photo.jpg");

    store().artifacts().add(upload);
    store().artifacts().add(upload);

    assertThat(store().artifacts().ofTask(task)).containsExactly(upload);
  }

  @Test
  void an_upload_can_be_added_to_a_task_that_has_ended() {
    TaskId task = ended("echo", new Outcome.Completed("{}"));
    Artifact upload = artifact(task, "photo.jpg");

    store().artifacts().add(upload);

    assertThat(store().artifacts().ofTask(task)).containsExactly(upload);
  }

  @Test
  void the_oldest_artifact_comes_first_and_of_the_same_age_the_one_with_the_smaller_id() {
    TaskId task = submitted("echo");
    Instant now = present();
    Artifact oldest = at(artifact(task, "a"), now.minusSeconds(9), "ffffffff");
    Artifact small = at(artifact(task, "b"), now, "00000000");
    Artifact middle = at(artifact(task, "c"), now, "7fffffff");
    Artifact great = at(artifact(task, "d"), now, "80000000");

    List.of(great, small, oldest, middle).forEach(store().artifacts()::add);

    assertThat(store().artifacts().ofTask(task)).containsExactly(oldest, small, middle, great);
  }

  @Test
  void an_artifact_may_be_larger_than_two_gigabytes() {
    TaskId task = submitted("echo");
    Artifact huge =
        new Artifact(
            UUID.randomUUID(),
            task,
            "ada",
            "h",
            "film",
            "video/mp4",
            1L << 40,
            SOME_SHA256,
            present());

    store().artifacts().add(huge);

    assertThat(store().artifacts().find(huge.id())).contains(huge);
  }

  @Test
  void of_racing_writers_all_are_told_the_same_id() throws Exception {
    for (int round = 0; round < 10; round++) {
      Lease lease = running("echo");
      List<Callable<UUID>> racers = new ArrayList<>();
      IntStream.range(0, 6)
          .forEach(_ -> racers.add(() -> put(lease, artifact(lease.task(), "report.md")).id()));

      List<UUID> ids = Race.between(racers);

      assertThat(ids.stream().distinct()).hasSize(1);
      assertThat(store().artifacts().ofTask(lease.task()))
          .extracting(Artifact::id)
          .containsExactly(ids.getFirst());
    }
  }

  private Artifact put(Lease lease, Artifact artifact) {
    return store().artifacts().put(lease, artifact).orElseThrow();
  }

  private Artifact artifact(TaskId task, String name) {
    return new Artifact(
        UUID.randomUUID(),
        task,
        "ada",
        name,
        "report",
        "text/markdown; charset=utf-8",
        1_234,
        SOME_SHA256,
        present());
  }

  private static Artifact rewritten(Artifact a) {
    return new Artifact(
        a.id(),
        a.task(),
        a.owner(),
        a.name(),
        a.type(),
        "text/plain",
        5,
        OTHER_SHA256,
        a.createdAt());
  }

  private static Artifact ofType(Artifact a, String type) {
    return new Artifact(
        a.id(),
        a.task(),
        a.owner(),
        a.name(),
        type,
        a.contentType(),
        a.size(),
        a.sha256(),
        a.createdAt());
  }

  private static Artifact at(Artifact a, Instant createdAt, String idStartsWith) {
    UUID id = UUID.fromString(idStartsWith + a.id().toString().substring(8));
    return new Artifact(
        id,
        a.task(),
        a.owner(),
        a.name(),
        a.type(),
        a.contentType(),
        a.size(),
        a.sha256(),
        createdAt);
  }

  private Instant present() {
    return store().now().truncatedTo(ChronoUnit.MICROS);
  }
}
