package dev.errand.handlers.corpus;

import java.io.IOException;
import java.util.List;

/// Turns texts into vectors that lie close together when the texts mean the same.
///
/// Thread-safe. The same text gets the same vector, whatever else is embedded with it.
public interface Embedder {

  /// Its name, such as `minilm`; vectors of embedders of different names do not compare.
  String model();

  /// Begins to load what embedding needs, if that takes time, and returns at once.
  default void warmUp() {}

  /// One vector of length 1 for each text, in order. Waits until loaded.
  ///
  /// @throws IOException when it cannot be loaded here
  List<float[]> embed(List<String> texts) throws IOException, InterruptedException;
}
