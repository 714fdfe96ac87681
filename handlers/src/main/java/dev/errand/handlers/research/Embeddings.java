package dev.errand.handlers.research;

import dev.errand.engine.attempt.Attempt;
import dev.errand.handlers.corpus.Vector;
import dev.errand.handlers.corpus.Vectors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Compares texts by their embeddings, where an embedder is installed.
///
/// Without one nothing is compared. After a failure it is not used again in this attempt, so that
/// all questions of a report are treated alike. Not thread-safe.
final class Embeddings {
  private Optional<Vectors> vectors;
  private Optional<Throwable> failure = Optional.empty();

  Embeddings(Optional<Vectors> vectors) {
    this.vectors = vectors;
  }

  /// Where nothing is compared.
  static Embeddings none() {
    return new Embeddings(Optional.empty());
  }

  /// How texts are found: `bm25`, or `bm25+` and the embedder's name.
  String retrieval() {
    return vectors.map(some -> "bm25+" + some.model()).orElse("bm25");
  }

  boolean compared() {
    return vectors.isPresent();
  }

  /// Why texts are not compared although an embedder is installed.
  Optional<Throwable> failure() {
    return failure;
  }

  /// Lets the embedder load while other work goes on.
  void warmUp() {
    vectors.ifPresent(Vectors::warmUp);
  }

  /// The cosine similarity of each text to the question, -1 to 1, in order; empty when texts are
  /// not compared.
  List<Double> similarity(String question, List<String> texts) throws InterruptedException {
    var all = new ArrayList<String>(texts.size() + 1);
    all.add(question);
    all.addAll(texts);
    return vectors(all)
        .map(some -> some.subList(1, some.size()).stream().map(some.getFirst()::cosine).toList())
        .orElse(List.of());
  }

  /// One vector for each text, in order; empty when texts are not compared.
  Optional<List<Vector>> vectors(List<String> texts) throws InterruptedException {
    if (vectors.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(vectors.get().of(texts));
    } catch (IOException | LinkageError e) {
      failure = Optional.of(e);
      vectors = Optional.empty();
      return Optional.empty();
    }
  }

  /// Saves the vectors for the next task. After a failure that task embeds the texts again.
  void save(Attempt attempt) {
    try {
      if (vectors.isPresent()) {
        vectors.get().save();
      }
    } catch (IOException e) {
      attempt.warn("Vectors were not kept: " + e.getMessage());
    }
  }
}
