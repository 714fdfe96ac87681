package dev.errand.postgres.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;

/// How an account without rights gets to places that may lie below a closed directory, as
/// everything in root's home does.
sealed interface Passage {

  /// Every directory on the way is open.
  record Open() implements Passage {}

  /// A part of root's power takes it there.
  record Privileged(Capability capability) implements Passage {}

  static Passage of(Account.Lent account, List<Path> places) throws IOException {
    for (Path place : places) {
      for (Path on = place.getParent(); on != null; on = on.getParent()) {
        if (Files.exists(on) && !mayPass(account, on)) {
          return privileged(place, on);
        }
      }
    }
    return new Open();
  }

  /// What setpriv needs to be told. Without the secure bit, access(2) would not honour the
  /// capability, and PostgreSQL asks it whether it can run its own programs.
  default List<String> arguments() {
    return switch (this) {
      case Open _ -> List.of();
      case Privileged(var capability) ->
          List.of(
              "--inh-caps=+" + capability,
              "--ambient-caps=+" + capability,
              "--securebits=+no_setuid_fixup");
    };
  }

  private static boolean mayPass(Account.Lent account, Path directory) throws IOException {
    var permissions = Files.getPosixFilePermissions(directory);
    return permissions.contains(PosixFilePermission.OTHERS_EXECUTE)
        || (permissions.contains(PosixFilePermission.OWNER_EXECUTE)
            && Files.getAttribute(directory, "unix:uid").equals(account.uid()));
  }

  /// The smaller capability is enough; containers often keep only the bigger one.
  private static Passage privileged(Path place, Path closed) throws IOException {
    if (Capability.DAC_READ_SEARCH.held()) {
      return new Privileged(Capability.DAC_READ_SEARCH);
    }
    if (Capability.DAC_OVERRIDE.held()) {
      return new Privileged(Capability.DAC_OVERRIDE);
    }
    throw new EmbeddedPostgresException(
        "PostgreSQL cannot run as root, and no other account may pass through %s to %s. Choose an ERRAND_DATA_DIR that everyone may enter, or run Errand as an ordinary user. %s"
            .formatted(closed, place, EmbeddedPostgresException.OTHERWISE));
  }
}
