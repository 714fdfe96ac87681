package dev.errand.storage.filesystem;

import dev.errand.engine.artifact.ArtifactStorage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Artifacts as files named for their SHA-256, in folders by its first two digits.
///
/// A file appears whole or not at all, and is on disk when [#put] returns.
public final class FilesystemStorage implements ArtifactStorage {
  private final Path root;
  private final Path unfinished;

  /// @param root is created when it is missing
  public FilesystemStorage(Path root) throws IOException {
    this.root = Files.createDirectories(root);
    this.unfinished = Files.createDirectories(root.resolve("unfinished"));
  }

  @Override
  public void put(String sha256, byte[] content) throws IOException {
    Path file = fileOf(sha256);
    if (touched(file)) {
      return;
    }
    Path folder = Files.createDirectories(file.getParent());
    Path written = Files.createTempFile(unfinished, sha256.substring(0, 8), null);
    try {
      write(written, content);
      Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(written);
    }
    sync(folder);
    sync(root);
  }

  /// Whether the file is there; then it counts as put just now. To touch it takes two steps,
  /// between which somebody may take it away to delete it: one that is in its place afterwards has
  /// been touched before anybody takes it.
  private static boolean touched(Path file) throws IOException {
    try {
      Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
      return Files.exists(file);
    } catch (NoSuchFileException _) {
      return false;
    }
  }

  /// A file is first moved aside, where nobody touches it any more, and looked at again there.
  @Override
  public boolean delete(String sha256, Duration grace) throws IOException {
    Path file = fileOf(sha256);
    try {
      if (touchedWithin(grace, file)) {
        return false;
      }
      Files.move(file, asideOf(sha256), StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException _) {
      // Perhaps it lies aside, since somebody who deleted it was killed.
    }
    return deleteAside(asideOf(sha256), file, grace);
  }

  private static boolean deleteAside(Path aside, Path file, Duration grace) throws IOException {
    try {
      if (touchedWithin(grace, aside)) {
        Files.createDirectories(file.getParent());
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
        return false;
      }
    } catch (NoSuchFileException _) {
      return true;
    }
    Files.deleteIfExists(aside);
    return true;
  }

  private Path asideOf(String sha256) {
    return unfinished.resolve(sha256);
  }

  private static boolean touchedWithin(Duration time, Path file) throws IOException {
    return Files.getLastModifiedTime(file).toInstant().isAfter(Instant.now().minus(time));
  }

  @Override
  public InputStream open(String sha256, long offset, long length) throws IOException {
    FileChannel channel = open(sha256);
    channel.position(offset);
    return new Stretch(Channels.newInputStream(channel), length);
  }

  /// What lies aside may be moved back at this moment, or stay there because whoever moved it was
  /// killed: it is not gone before it is deleted.
  private FileChannel open(String sha256) throws IOException {
    Path file = fileOf(sha256);
    for (Path place : List.of(file, asideOf(sha256))) {
      try {
        return FileChannel.open(place, StandardOpenOption.READ);
      } catch (NoSuchFileException _) {
        // It may be in the next place.
      }
    }
    return FileChannel.open(file, StandardOpenOption.READ);
  }

  private Path fileOf(String sha256) {
    if (!sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("Not a SHA-256 in lower-case hex: " + sha256);
    }
    return root.resolve(sha256.substring(0, 2)).resolve(sha256);
  }

  private static void write(Path file, byte[] content) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer rest = ByteBuffer.wrap(content);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
  }

  /// Makes a new name in `folder` durable.
  private static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /// The next `left` bytes of a stream.
  private static final class Stretch extends InputStream {
    private final InputStream whole;
    private long left;

    Stretch(InputStream whole, long length) {
      this.whole = whole;
      this.left = length;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (left <= 0) {
        return length == 0 ? 0 : -1;
      }
      int read = whole.read(target, offset, (int) Math.min(length, left));
      left -= Math.max(read, 0);
      return read;
    }

    @Override
    public int available() throws IOException {
      return (int) Math.min(whole.available(), left);
    }

    @Override
    public void close() throws IOException {
      whole.close();
    }
  }
}
