package dev.errand.postgres.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The account PostgreSQL runs under. It refuses to run as root.
sealed interface Account {

  /// The account of this process, which is not root's.
  record Ours() implements Account {}

  /// Another account, which this process can lend because it is root.
  record Lent(int uid, int gid) implements Account {}

  /// The account of this process, which is root in name only, as in many sandboxes. In a user
  /// namespace of its own the server takes it for nobody's.
  record Disguised() implements Account {}

  int ROOT = 0;
  int NOBODY = 65534;

  /// The account that owns `data`, or should own it once it exists.
  static Account owning(Path data) throws IOException {
    int us = owner(Path.of("/proc/self"));
    int owner = Files.exists(data) ? owner(data) : us;
    if (us != ROOT && owner != us) {
      throw new EmbeddedPostgresException(
          "%s belongs to the account with the number %d, but Errand runs as %d. Run it as before (as root, if root started it), or give the directory to this account: chown -R %d %s"
              .formatted(data, owner, us, us, data.resolveSibling("..").normalize()));
    }
    if (us != ROOT) {
      return new Ours();
    }
    if (!rootCanLend()) {
      return new Disguised();
    }
    return owner == ROOT
        ? new Lent(NOBODY, NOBODY)
        : new Lent(owner, (int) Files.getAttribute(data, "unix:gid"));
  }

  /// Makes this account the owner of `data`. It may have lost what it owned when root copied a
  /// backup back.
  default void own(Path data) throws IOException {
    if (this instanceof Lent(int uid, int gid) && owner(data) != uid) {
      new DirectoryTree(data).giveTo(uid, gid);
    }
  }

  private static boolean rootCanLend() throws IOException {
    return Capability.CHOWN.held()
        && Capability.SETUID.held()
        && Capability.SETGID.held()
        && nobodyExists();
  }

  /// A user namespace may know no account but root's.
  private static boolean nobodyExists() throws IOException {
    try (var ranges = Files.lines(Path.of("/proc/self/uid_map"))) {
      return ranges
          .map(range -> range.strip().split("\\s+", -1))
          .anyMatch(range -> {
            long first = Long.parseLong(range[0]);
            return first <= NOBODY && NOBODY < first + Long.parseLong(range[2]);
          });
    }
  }

  private static int owner(Path path) throws IOException {
    return (int) Files.getAttribute(path, "unix:uid");
  }
}
