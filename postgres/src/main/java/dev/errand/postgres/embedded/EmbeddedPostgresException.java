package dev.errand.postgres.embedded;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.List;

/// The embedded PostgreSQL cannot run; the message says what happened and what to do about it.
public final class EmbeddedPostgresException extends RuntimeException {
  static final String OTHERWISE = "Or set DATABASE_URL to use a PostgreSQL of your own.";

  private static final String NOT_AS_ROOT =
      "PostgreSQL refuses to run as root, and root may not change its account here:"
          + " run Errand as an ordinary user.";

  private static final String NOT_OURS =
      "The account that runs Errand must own its data directory and everything in it.";

  /// What PostgreSQL and the system say, most telling first, and what helps.
  private static final List<Advice> ADVICE =
      List.of(
          new Advice(
              "No space left on device", "The disk is full: free some space and start again."),
          new Advice(
              "could not look up effective user ID",
              "PostgreSQL needs an account with a name: add this user to /etc/passwd."),
          new Advice(
              "failed to execute",
              "The disk may be mounted noexec, or this Linux may lack glibc, which PostgreSQL needs:"
                  + " choose another ERRAND_DATA_DIR, or a Linux with glibc."),
          new Advice("setpriv:", NOT_AS_ROOT),
          new Advice("unshare:", NOT_AS_ROOT),
          new Advice(
              "could not bind",
              "Check that 127.0.0.1 is up and that this account may listen on it."),
          new Advice(
              "shared memory segment",
              "Raise the system's limits on shared memory (kernel.shmmax, kernel.shmall)."),
          new Advice("has wrong ownership", NOT_OURS),
          new Advice(
              "Operation not permitted",
              "This disk may not let files change hands, as shared folders often do not: choose"
                  + " another ERRAND_DATA_DIR, or run Errand as an ordinary user."),
          new Advice("Permission denied", NOT_OURS));

  EmbeddedPostgresException(String message) {
    super(message);
  }

  EmbeddedPostgresException(String message, Throwable cause) {
    super(message, cause);
  }

  /// `what` went wrong, and `said` is what the program printed about it.
  static EmbeddedPostgresException because(String what, String said) {
    return new EmbeddedPostgresException(
        "%s %s%nIt said:%n%s".formatted(what, advice(said), said.strip().indent(4)));
  }

  static EmbeddedPostgresException because(String what, IOException cause) {
    String evidence =
        cause instanceof AccessDeniedException ? "Permission denied" : cause.toString();
    return new EmbeddedPostgresException(
        "%s (%s). %s".formatted(what, cause, advice(evidence)), cause);
  }

  private static String advice(String evidence) {
    return ADVICE.stream()
        .filter(advice -> evidence.contains(advice.evidence))
        .map(advice -> advice.text + " " + OTHERWISE)
        .findFirst()
        .orElse(OTHERWISE);
  }

  private record Advice(String evidence, String text) {}
}
