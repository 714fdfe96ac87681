package dev.errand.chaos.disk;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A small disk of its own for the database, so that it can be filled to the last byte.
///
/// It is a file that is mounted, which takes root.
public final class Disk implements AutoCloseable {
  private static final long MEGABYTES = 700;
  private static final int CHUNK = 1 << 20;
  private static final int CLOSE_TRIES = 50;

  private final Path folder;

  private Disk(Path folder) {
    this.folder = folder;
  }

  /// Why there is no such disk.
  public static final class Missing extends Exception {
    Missing(String why) {
      super(why);
    }
  }

  /// Makes a disk and mounts it in `parent`.
  public static Disk mountedIn(Path parent) throws IOException, InterruptedException, Missing {
    if (!Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0)) {
      throw new Missing("needs root, to mount a small disk");
    }
    Path image = parent.resolve("disk.image");
    Path folder = Files.createDirectory(parent.resolve("disk"));
    String size = MEGABYTES + "M";
    String why =
        run("truncate", "-s", size, image.toString())
            .or(() -> run("mkfs.ext4", "-q", "-m", "0", image.toString()))
            .or(() -> run("mount", "-o", "loop", image.toString(), folder.toString()))
            .orElse("");
    if (!why.isEmpty()) {
      // Where no file can be mounted, main memory may do.
      String options = "size=%s,mode=755".formatted(size);
      Optional<String> whyNot =
          run("mount", "-t", "tmpfs", "-o", options, "errand-chaos", folder.toString());
      if (whyNot.isPresent()) {
        throw new Missing("no small disk can be mounted: %s; %s".formatted(why, whyNot.get()));
      }
    }
    return new Disk(folder);
  }

  public Path folder() {
    return folder;
  }

  /// Leaves no room for anything.
  public void fill() throws IOException {
    byte[] chunk = new byte[CHUNK];
    for (int size = CHUNK; size >= 512; size /= 2) {
      try (OutputStream out =
          Files.newOutputStream(ballast(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
        while (true) {
          out.write(chunk, 0, size);
        }
      } catch (IOException _) {
        // As full as it gets with pieces of this size.
      }
    }
  }

  /// Gives the room back.
  public void free() throws IOException {
    Files.deleteIfExists(ballast());
  }

  private Path ballast() {
    return folder.resolve("ballast");
  }

  /// Why a command failed; empty when it did what it should.
  private static Optional<String> run(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.waitFor() == 0
          ? Optional.empty()
          : Optional.of(said.isEmpty() ? List.of(command) + " failed" : said);
    } catch (IOException e) {
      return Optional.of(e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(e.toString());
    }
  }

  /// Takes it away, as soon as nobody uses it any more.
  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    for (int tries = 1; run("umount", folder.toString()).isPresent(); tries++) {
      if (tries == CLOSE_TRIES) {
        run("umount", "--lazy", folder.toString());
        break;
      }
      interrupted |= !paused();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean paused() {
    try {
      TimeUnit.MILLISECONDS.sleep(100);
      return true;
    } catch (InterruptedException _) {
      return false;
    }
  }
}
