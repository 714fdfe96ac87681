package dev.errand.handlers.research;

import dev.errand.handlers.corpus.Library;
import dev.errand.handlers.research.Retrieval.Place;
import dev.errand.handlers.research.Retrieval.Reach;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Chooses the passages in which a question's answer is looked for.
final class Ranker {
  private static final int BY_WORDS = 80;
  private static final int BEST = 12;
  private static final int MOST_COMPARED = 40;
  private static final int COMPARED = 120;

  private final Library library;
  private final Retrieval retrieval;

  private Ranker(Library library, Retrieval retrieval) {
    this.library = library;
    this.retrieval = retrieval;
  }

  /// The more questions there are, the fewer passages of each are compared by meaning: that is what
  /// takes time.
  static Ranker of(Library library, Embeddings embeddings, int questions) {
    int compared = Math.clamp(COMPARED / questions, BEST * 2, MOST_COMPARED);
    return new Ranker(
        library, new Retrieval(library, embeddings, new Reach(BY_WORDS, compared, true)));
  }

  Ranked.Passages rank(Question question) throws IOException, InterruptedException {
    return new Ranked.Passages(
        retrieval.rank(question).stream().limit(BEST).map(Ranker::passage).toList(),
        unknown(question));
  }

  private static Ranked.Passage passage(Place place) {
    return new Ranked.Passage(
        place.passage().location(),
        place.document().textSha256(),
        place.passage().start(),
        place.passage().end(),
        Rounded.of(place.relevance()),
        Rounded.of(place.similarity()));
  }

  private List<String> unknown(Question question) throws IOException {
    var unknown = new ArrayList<String>();
    for (String term : question.terms()) {
      if (library.frequency(term) == 0) {
        unknown.add(KeyTerms.wordFor(term, question.text()));
      }
    }
    return unknown;
  }
}
