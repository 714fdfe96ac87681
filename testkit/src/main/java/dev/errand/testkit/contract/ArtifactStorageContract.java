package dev.errand.testkit.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.engine.artifact.ArtifactStorage;
import dev.errand.engine.hash.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [ArtifactStorage] must keep and give back.
public abstract class ArtifactStorageContract {
  private @Nullable ArtifactStorage storage;

  /// A storage in which nothing is kept; called once for each test.
  protected abstract ArtifactStorage emptyStorage() throws IOException;

  @BeforeEach
  final void openStorage() throws IOException {
    storage = emptyStorage();
  }

  @Test
  void what_was_put_can_be_read() throws IOException {
    byte[] content = "Grüße 🧭".getBytes(UTF_8);

    storage().put(Sha256.hex(content), content);

    assertThat(read(content)).isEqualTo(content);
  }

  @Test
  void nothing_at_all_can_be_kept() throws IOException {
    byte[] nothing = {};

    storage().put(Sha256.hex(nothing), nothing);

    assertThat(read(nothing)).isEmpty();
  }

  @Test
  void every_value_a_byte_can_have_comes_back() throws IOException {
    byte[] content = new byte[256];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) i;
    }

    storage().put(Sha256.hex(content), content);

    assertThat(read(content)).isEqualTo(content);
  }

  @Test
  void what_was_deleted_is_gone_and_can_be_put_again() throws IOException {
    byte[] content = random(100);
    storage().put(Sha256.hex(content), content);

    assertThat(storage().delete(Sha256.hex(content), Duration.ZERO)).isTrue();

    assertThatThrownBy(() -> read(content)).isInstanceOf(NoSuchFileException.class);
    assertThat(storage().delete(Sha256.hex(content), Duration.ZERO)).isTrue();
    storage().put(Sha256.hex(content), content);
    assertThat(read(content)).isEqualTo(content);
  }

  @Test
  void what_was_put_a_moment_ago_is_not_deleted() throws IOException {
    byte[] content = random(100);
    storage().put(Sha256.hex(content), content);

    assertThat(storage().delete(Sha256.hex(content), Duration.ofHours(1))).isFalse();

    assertThat(read(content)).isEqualTo(content);
  }

  @Test
  void large_content_comes_back_whole() throws IOException {
    byte[] content = random(8 * 1024 * 1024);

    storage().put(Sha256.hex(content), content);

    assertThat(read(content)).isEqualTo(content);
  }

  @Test
  void any_part_can_be_read() throws IOException {
    byte[] content = random(100_000);
    storage().put(Sha256.hex(content), content);

    for (int[] range : new int[][] {{0, 1}, {0, 99_999}, {1, 99_999}, {50_000, 10}, {99_999, 1}}) {
      assertThat(read(content, range[0], range[1]))
          .isEqualTo(Arrays.copyOfRange(content, range[0], range[0] + range[1]));
    }
  }

  @Test
  void what_is_skipped_of_a_part_belongs_to_it() throws IOException {
    byte[] content = random(100);
    storage().put(Sha256.hex(content), content);

    try (InputStream part = storage().open(Sha256.hex(content), 10, 20)) {
      part.skipNBytes(15);

      assertThat(part.readAllBytes()).isEqualTo(Arrays.copyOfRange(content, 25, 30));
      assertThat(part.skip(1)).isZero();
    }
  }

  @Test
  void a_part_of_no_length_is_empty() throws IOException {
    byte[] content = random(10);
    storage().put(Sha256.hex(content), content);

    assertThat(read(content, 0, 0)).isEmpty();
    assertThat(read(content, 10, 0)).isEmpty();
  }

  @Test
  void a_stream_may_be_closed_before_its_end() throws IOException {
    byte[] content = random(1_000_000);
    storage().put(Sha256.hex(content), content);

    for (int i = 0; i < 100; i++) {
      try (InputStream stream = storage().open(Sha256.hex(content), 0, content.length)) {
        assertThat(stream.read()).isEqualTo(content[0] & 0xff);
      }
    }

    assertThat(read(content)).isEqualTo(content);
  }

  @Test
  void putting_the_same_bytes_again_changes_nothing() throws IOException {
    byte[] content = random(1_000);
    storage().put(Sha256.hex(content), content);

    storage().put(Sha256.hex(content), content);

    assertThat(read(content)).isEqualTo(content);
  }

  @Test
  void putting_the_same_bytes_again_does_not_disturb_who_reads_them() throws IOException {
    byte[] content = random(1_000_000);
    storage().put(Sha256.hex(content), content);

    try (InputStream stream = storage().open(Sha256.hex(content), 0, content.length)) {
      byte[] first = stream.readNBytes(100_000);
      storage().put(Sha256.hex(content), content);
      byte[] rest = stream.readAllBytes();

      assertThat(first).isEqualTo(Arrays.copyOf(content, 100_000));
      assertThat(rest).isEqualTo(Arrays.copyOfRange(content, 100_000, content.length));
    }
  }

  @Test
  void what_is_kept_does_not_change_with_the_array_that_was_put() throws IOException {
    byte[] content = random(1_000);
    byte[] passed = content.clone();
    storage().put(Sha256.hex(content), passed);

    Arrays.fill(passed, (byte) 0);

    assertThat(read(content)).isEqualTo(content);
  }

  @Test
  void what_was_never_put_cannot_be_opened() {
    assertThatThrownBy(() -> storage().open(Sha256.hex(new byte[] {1}), 0, 1))
        .isInstanceOf(NoSuchFileException.class);
  }

  // Keys come from the database; should one ever be forged, it must not lead elsewhere.
  @Test
  void a_key_that_is_no_sha_256_opens_nothing() {
    for (String key :
        List.of("", ".", "..", "../../../../../../etc/passwd", "/etc/passwd", "a/b", "a\u0000b")) {
      assertThatThrownBy(() -> storage().open(key, 0, 1).close())
          .as("key %s", key)
          .isInstanceOfAny(NoSuchFileException.class, IllegalArgumentException.class);
    }
  }

  @Test
  void racing_writers_of_the_same_bytes_all_succeed() throws Exception {
    byte[] content = random(500_000);
    Callable<Boolean> racer =
        () -> {
          storage().put(Sha256.hex(content), content);
          return Arrays.equals(content, read(content));
        };

    assertThat(Race.between(Collections.nCopies(8, racer))).containsOnly(true);
  }

  @Test
  void racing_writers_of_different_bytes_all_succeed() throws Exception {
    List<Callable<Boolean>> racers = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      byte[] content = random(50_000 + i);
      racers.add(() -> {
        storage().put(Sha256.hex(content), content);
        return Arrays.equals(content, read(content));
      });
    }

    assertThat(Race.between(racers)).containsOnly(true);
  }

  private ArtifactStorage storage() {
    if (storage == null) {
      throw new IllegalStateException("No test is running");
    }
    return storage;
  }

  private byte[] read(byte[] content) throws IOException {
    return read(content, 0, content.length);
  }

  private byte[] read(byte[] content, long offset, long length) throws IOException {
    try (InputStream stream = storage().open(Sha256.hex(content), offset, length)) {
      return stream.readAllBytes();
    }
  }

  private static byte[] random(int size) {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    return content;
  }
}
