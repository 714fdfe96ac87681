package dev.errand.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.engine.artifact.ArtifactStorage;
import dev.errand.testkit.contract.ArtifactStorageContract;
import dev.errand.testkit.contract.Race;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesystemStorageTest extends ArtifactStorageContract {
  private static final Duration GRACE = Duration.ofHours(1);
  private static final byte[] CONTENT = "abc".getBytes(StandardCharsets.UTF_8);
  private static final String SHA256 =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @TempDir private Path folder;

  @Override
  protected ArtifactStorage emptyStorage() throws IOException {
    return new FilesystemStorage(folder);
  }

  @Test
  void what_is_put_while_it_is_deleted_is_there_from_then_on() throws Exception {
    ArtifactStorage storage = emptyStorage();
    Callable<byte[]> put =
        () -> {
          storage.put(SHA256, CONTENT);
          return read(storage);
        };
    Callable<byte[]> delete =
        () -> {
          storage.delete(SHA256, GRACE);
          return CONTENT;
        };
    for (int round = 0; round < 500; round++) {
      storage.put(SHA256, CONTENT);
      age(file());

      assertThat(Race.between(List.of(put, delete))).containsOnly(CONTENT);

      assertThat(read(storage)).isEqualTo(CONTENT);
    }
  }

  @Test
  void what_lay_aside_when_its_deleter_was_killed_is_there_until_it_is_deleted() throws Exception {
    ArtifactStorage storage = emptyStorage();
    storage.put(SHA256, CONTENT);
    Path aside = folder.resolve("unfinished").resolve(SHA256);
    Files.move(file(), aside);

    assertThat(read(storage)).isEqualTo(CONTENT);
    assertThat(storage.delete(SHA256, GRACE)).isFalse();
    assertThat(file()).exists();

    Files.move(file(), aside);
    age(aside);
    assertThat(storage.delete(SHA256, GRACE)).isTrue();
    try (Stream<Path> left = Files.walk(folder)) {
      assertThat(left.filter(Files::isRegularFile)).isEmpty();
    }
  }

  private Path file() {
    return folder.resolve(SHA256.substring(0, 2)).resolve(SHA256);
  }

  private static void age(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(GRACE.multipliedBy(2))));
  }

  private static byte[] read(ArtifactStorage storage) throws IOException {
    try (InputStream stream = storage.open(SHA256, 0, CONTENT.length)) {
      return stream.readAllBytes();
    }
  }
}
