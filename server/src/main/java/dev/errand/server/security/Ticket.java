package dev.errand.server.security;

import dev.errand.engine.access.Digest;
import java.util.Optional;
import java.util.UUID;

/// What the holder of a login keeps: its id and its present secret.
record Ticket(UUID login, String secret) {
  private static final int ID_LENGTH = 36;
  private static final int MAX_LENGTH = 100;

  static Ticket fresh(UUID login) {
    return new Ticket(login, AdminToken.random());
  }

  /// Empty for what cannot be one.
  static Optional<Ticket> parse(String text) {
    if (text.length() <= ID_LENGTH + 1
        || text.length() > MAX_LENGTH
        || text.charAt(ID_LENGTH) != '.') {
      return Optional.empty();
    }
    try {
      UUID login = UUID.fromString(text.substring(0, ID_LENGTH));
      return Optional.of(new Ticket(login, text.substring(ID_LENGTH + 1)));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  Digest digest() {
    return Digest.of(secret);
  }

  /// As its holder keeps it.
  String text() {
    return login + "." + secret;
  }

  @Override
  public String toString() {
    return "Ticket[" + login + ", ***]";
  }
}
