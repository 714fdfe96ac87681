package dev.errand.postgres.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/// A directory with all that is in it. Links are never followed.
record DirectoryTree(Path root) {

  /// A directory that everyone may pass through and only its owner may list, whatever the umask.
  static void create(Path directory) throws IOException {
    if (Files.notExists(directory)) {
      Files.createDirectories(directory);
      openToPassThrough(directory);
    }
  }

  /// An unfinished neighbour of this tree. Filled, it takes the tree's place by [#publish]; a
  /// process that dies before leaves a draft that [#deleteDrafts] removes.
  DirectoryTree draft() throws IOException {
    Path draft = Files.createTempDirectory(parent(), draftPrefix());
    openToPassThrough(draft);
    return new DirectoryTree(draft);
  }

  void deleteDrafts() throws IOException {
    try (var drafts = Files.newDirectoryStream(parent(), draftPrefix() + "*")) {
      for (Path draft : drafts) {
        new DirectoryTree(draft).delete();
      }
    }
  }

  /// Renames this draft to `target`: from one moment to the next, and for good.
  void publish(DirectoryTree target) throws IOException {
    flush(root);
    Files.move(root, target.root, StandardCopyOption.ATOMIC_MOVE);
    flush(target.parent());
  }

  /// Deletes this draft because of `failure`, which stays the one to be told about.
  void abandon(Exception failure) {
    try {
      delete();
    } catch (IOException leftBehind) {
      failure.addSuppressed(leftBehind);
    }
  }

  void delete() throws IOException {
    if (Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
      Files.walkFileTree(root, new Deletion());
    }
  }

  void giveTo(int uid, int gid) throws IOException {
    try (var files = Files.walk(root)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.setAttribute(file, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(file, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
      }
    }
  }

  private Path parent() {
    return root.toAbsolutePath().resolveSibling("");
  }

  private String draftPrefix() {
    return root.getFileName() + ".draft-";
  }

  /// What a directory lists is on the disk afterwards.
  private static void flush(Path directory) throws IOException {
    try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static void openToPassThrough(Path directory) throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
        throws IOException {
      if (failure != null) {
        throw failure;
      }
      Files.deleteIfExists(directory);
      return FileVisitResult.CONTINUE;
    }
  }
}
