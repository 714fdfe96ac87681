package dev.errand.testkit.model;

/// The store under test threw where the reference gives an answer.
final class SubjectFailed extends RuntimeException {
  SubjectFailed(Throwable cause) {
    super(cause);
  }
}
