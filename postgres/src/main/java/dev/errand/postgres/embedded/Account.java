package dev.errand.postgres.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The account PostgreSQL runs under. It refuses to run as root.
sealed interface Account {

  /// The account of this process, which is not root's.
  record Ours() implements Account {}

  /// Another account, which this process can lend because it runs as root.
  record Lent(int uid, int gid) implements Account {}

  int ROOT = 0;
  int NOBODY = 65534;

  /// The account that owns `data`, or should own it once it exists.
  static Account owning(Path data) throws IOException {
    int us = owner(Path.of("/proc/self"));
    int owner = Files.exists(data) ? owner(data) : us;
    if (us != ROOT && owner != us) {
      throw new EmbeddedPostgresException(
          "%s belongs to the account with the number %d, but Errand runs as %d. Run it as before (as root, if it was started by root), or give the directory to this account: chown -R %d %s"
              .formatted(data, owner, us, us, data.resolveSibling("")));
    }
    if (us != ROOT) {
      return new Ours();
    }
    return owner == ROOT
        ? new Lent(NOBODY, NOBODY)
        : new Lent(owner, (int) Files.getAttribute(data, "unix:gid"));
  }

  /// Makes this account the owner of `data`. It may lose what it owned when a backup made by
  /// another account is copied back.
  default void own(Path data) throws IOException {
    if (this instanceof Lent(int uid, int gid) && owner(data) != uid) {
      new DirectoryTree(data).giveTo(uid, gid);
    }
  }

  private static int owner(Path path) throws IOException {
    return (int) Files.getAttribute(path, "unix:uid");
  }
}
