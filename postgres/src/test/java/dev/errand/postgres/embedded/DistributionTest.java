package dev.errand.postgres.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DistributionTest {
  @TempDir Path parent;

  @Test
  void is_unpacked_once_and_what_an_interruption_left_is_harmless() throws Exception {
    Path draft = Files.createDirectories(parent.resolve("18.6.0-dist.draft-1").resolve("bin"));
    Files.writeString(draft.resolve("postgres"), "half a program");
    Distribution distribution = Distribution.unpackedIn(parent);
    assertThat(version(distribution)).isEqualTo("postgres (PostgreSQL) 18.6");
    assertThat(draft).doesNotExist();

    FileTime unpacked = Files.getLastModifiedTime(distribution.directory());
    assertThat(Distribution.unpackedIn(parent)).isEqualTo(distribution);
    assertThat(Files.getLastModifiedTime(distribution.directory())).isEqualTo(unpacked);
  }

  private static String version(Distribution distribution)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(distribution.program("postgres").toString(), "--version").start();
    try (var output = process.inputReader()) {
      return output.readLine();
    }
  }
}
