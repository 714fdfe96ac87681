package dev.errand.bench.peer.client;

/// What a process of a comparison does.
public enum Role {
  SETUP,
  PRODUCE,
  WORK,
  BOTH
}
