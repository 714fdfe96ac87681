package dev.errand.server;

import dev.errand.postgres.Rollback;
import dev.errand.server.config.Settings;
import dev.errand.server.data.DataDirectory;
import dev.errand.server.database.Database;
import java.net.BindException;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.boot.tomcat.ConnectorStartFailedException;
import org.springframework.boot.web.server.PortInUseException;

/// Why a server did not start, and what to do about it: one line where we know, a stack trace where
/// we do not.
final class StartFailure extends RuntimeException {
  private StartFailure(String message, Throwable cause) {
    super(message, cause);
  }

  static StartFailure of(RuntimeException thrown, Settings settings) {
    return Stream.iterate((Throwable) thrown, cause -> cause != null, Throwable::getCause)
        .flatMap(cause -> known(cause, settings).stream())
        .findFirst()
        .map(message -> new StartFailure(message, thrown))
        .orElseThrow(() -> thrown);
  }

  private static Optional<String> known(Throwable cause, Settings settings) {
    String host = settings.http().host();
    return switch (cause) {
      case DataDirectory.Unusable unusable -> Optional.ofNullable(unusable.getMessage());
      case Database.Unusable unusable -> Optional.ofNullable(unusable.getMessage());
      case Rollback.Refused refused -> Optional.ofNullable(refused.getMessage());
      case PortInUseException taken ->
          Optional.of(
              ("Port %d of %s is taken. Choose another one with --port or ERRAND_PORT, or stop what"
                      + " listens there.")
                  .formatted(taken.getPort(), host));
      case ConnectorStartFailedException _, BindException _ ->
          Optional.of(
              ("Nothing can listen at %s, port %d. ERRAND_HOST must be an address of this machine,"
                      + " and ports below 1024 may be reserved.")
                  .formatted(host, settings.http().port()));
      default -> Optional.empty();
    };
  }
}
