package dev.errand.server.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The directory that holds all a server keeps. One server at a time has it; the lock ends with the
/// process, however that ends.
public final class DataDirectory implements AutoCloseable {
  private static final long ENOUGH_SPACE = 16L * 1024 * 1024;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private final Path path;
  private final FileChannel lock;

  private DataDirectory(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /// Takes `path` for this process; it is created when it is missing.
  ///
  /// @throws Unusable saying why and what to do
  public static DataDirectory open(Path path) {
    try {
      create(path);
      return new DataDirectory(path, locked(path));
    } catch (IOException e) {
      throw notWritable(path, e);
    }
  }

  /// Others may pass through and not look: the embedded PostgreSQL of a server that runs as root
  /// runs as somebody else.
  private static void create(Path path) throws IOException {
    if (Files.notExists(path)) {
      Files.createDirectories(path);
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx--x--x"));
    }
  }

  private static FileChannel locked(Path path) throws IOException {
    Path file = path.resolve("server.lock");
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    if (lock(channel) == null) {
      String holder = Files.readString(file).strip();
      channel.close();
      throw new Unusable(
          "The data directory %s is in use by another server (process %s). Stop that one, or choose another directory with ERRAND_DATA_DIR."
              .formatted(path, holder));
    }
    channel.truncate(0);
    String us = ProcessHandle.current().pid() + "\n";
    channel.write(ByteBuffer.wrap(us.getBytes(StandardCharsets.US_ASCII)));
    return channel;
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException _) {
      return null;
    }
  }

  public Path path() {
    return path;
  }

  /// Whether its disk has room for the next tasks: what PostgreSQL takes for its log at a time, 16
  /// MiB.
  public boolean hasSpace() {
    return path.toFile().getUsableSpace() >= ENOUGH_SPACE;
  }

  /// What is in the file `name`, empty when there is none.
  public Optional<String> read(String name) {
    try {
      return Optional.of(Files.readString(path.resolve(name)));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException e) {
      throw new Unusable(
          "The file %s cannot be read (%s). Give it to this user, or delete it to have it made anew."
              .formatted(path.resolve(name), reason(e)));
    }
  }

  /// Puts `text` into the file `name`, which others see whole or not at all and only this user
  /// reads.
  public void publish(String name, String text) {
    try {
      Path draft = path.resolve(name + ".new");
      Files.deleteIfExists(draft);
      Files.createFile(draft, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
      Files.writeString(draft, text, StandardOpenOption.WRITE);
      Files.move(draft, path.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw notWritable(path, e);
    }
  }

  public void remove(String name) {
    try {
      Files.deleteIfExists(path.resolve(name));
    } catch (IOException e) {
      throw notWritable(path, e);
    }
  }

  /// Lets another server have the directory.
  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw notWritable(path, e);
    }
  }

  private static Unusable notWritable(Path path, IOException cause) {
    return new Unusable(
        "The data directory %s cannot be written (%s). Choose another one with ERRAND_DATA_DIR, or give it to this user."
            .formatted(path, reason(cause)));
  }

  private static String reason(IOException cause) {
    return switch (cause) {
      case AccessDeniedException _ -> "permission denied";
      case FileSystemException failed when failed.getReason() != null ->
          failed.getReason().toLowerCase(Locale.ROOT);
      default -> String.valueOf(cause.getMessage());
    };
  }

  /// Why a directory cannot be used, and what to do.
  public static final class Unusable extends RuntimeException {
    public Unusable(String message) {
      super(message);
    }
  }
}
