package dev.errand.server.config;

import java.util.Locale;

/// Which part of the work a process does.
public enum NodeRole {
  /// Serves the API; leaves the tasks to others.
  API,
  /// Runs tasks; over HTTP it only shows its health and its metrics.
  WORKER,
  ALL;

  public boolean servesApi() {
    return this != WORKER;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
