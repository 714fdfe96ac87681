package dev.errand.server.config;

/// What a site's robots.txt means to us.
enum RobotsPolicy {
  OBEY,
  IGNORE;

  boolean obeys() {
    return this == OBEY;
  }
}
