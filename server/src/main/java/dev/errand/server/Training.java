package dev.errand.server;

import dev.errand.server.config.Settings;

/// x
final class Training {
  private Training() {}

  static void run(Settings settings) {}
}
