package dev.errand.server.config;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/// How queues outside find this server, and how it knows them.
///
/// @param publicAddress where others find it; empty for the address by which they call
/// @param qstashKeys the current and the next one, as far as they are known
public record PushSettings(Optional<URI> publicAddress, List<QStashKey> qstashKeys) {
  public PushSettings {
    qstashKeys = List.copyOf(qstashKeys);
  }
}
