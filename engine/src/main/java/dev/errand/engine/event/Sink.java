package dev.errand.engine.event;

import java.io.IOException;

/// Takes what is followed, one at a time.
public interface Sink<T> {
  void take(T item) throws IOException;

  /// Called when nothing happened for a while, so that a broken connection is noticed.
  default void idle() throws IOException {}
}
