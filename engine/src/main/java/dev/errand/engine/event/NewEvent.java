package dev.errand.engine.event;

/// An event an attempt wants to append.
public sealed interface NewEvent {

  /// @param percent 0 to 100
  record Progress(int percent, String message) implements NewEvent {}

  record StepStarted(String step) implements NewEvent {}

  record StepCompleted(String step) implements NewEvent {}

  /// The value of a step that an earlier attempt finished was used.
  record StepReused(String step) implements NewEvent {}

  record ArtifactStored(String artifactId, String type, String name) implements NewEvent {}
}
