package dev.errand.handlers.research;

import dev.errand.handlers.corpus.Library;
import dev.errand.handlers.corpus.PassageHit;
import dev.errand.handlers.corpus.PassageQuery;
import dev.errand.handlers.corpus.StoredDocument;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Finds the passages that are likely to answer a question: by words first, then by words and
/// meaning together.
final class Ranker {
  private static final int BY_WORDS = 80;
  private static final int BEST = 12;
  private static final int MOST_COMPARED = 40;
  private static final int COMPARED = 120;
  private static final int MOST_OF_ONE_DOCUMENT = 10;
  private static final int MOST_TERMS = 100;
  private static final int MOST_PAIRS = 50;
  private static final double HINT = 0.3;
  private static final double CONTEXT = 0.3;

  /// Reciprocal rank fusion's constant, as published.
  private static final int FUSION = 60;

  private final Library library;
  private final Meanings meanings;
  private final int compared;

  private Ranker(Library library, Meanings meanings, int compared) {
    this.library = library;
    this.meanings = meanings;
    this.compared = compared;
  }

  /// The more questions there are, the fewer passages of each are compared by meaning: that is what
  /// takes time.
  static Ranker of(Library library, Meanings meanings, int questions) {
    return new Ranker(library, meanings, Math.clamp(COMPARED / questions, BEST * 2, MOST_COMPARED));
  }

  Ranked.Passages rank(Question question) throws IOException, InterruptedException {
    var hits = distinct(library.search(query(question), BY_WORDS));
    var nearness = nearness(question, hits);
    return new Ranked.Passages(best(hits, nearness), unknown(question));
  }

  /// A prompt may be one question of a thousand words: an index takes only so many at once.
  private static PassageQuery query(Question question) {
    var terms = new LinkedHashMap<String, Double>();
    question.terms().forEach(term -> terms.put(term, 1.0));
    question.hints().forEach(term -> terms.putIfAbsent(term, HINT));
    question.context().forEach(term -> terms.putIfAbsent(term, CONTEXT));
    return new PassageQuery(
        terms.entrySet().stream()
            .limit(MOST_TERMS)
            .map(term -> new PassageQuery.Weighted(term.getKey(), term.getValue()))
            .toList(),
        question.pairs().stream().limit(MOST_PAIRS).map(Ranker::pair).toList());
  }

  private static PassageQuery.Pair pair(String pair) {
    int blank = pair.indexOf(' ');
    return new PassageQuery.Pair(pair.substring(0, blank), pair.substring(blank + 1));
  }

  private record Hit(PassageHit passage, StoredDocument document, double score) {}

  /// Without the copies of a document, not too much of one, and contents lists further down.
  private List<Hit> distinct(List<PassageHit> found) throws IOException {
    var kept = new LinkedHashMap<String, StoredDocument>();
    var taken = new HashMap<String, Integer>();
    var hits = new ArrayList<Hit>();
    for (var passage : found) {
      var document = library.document(passage.location()).orElseThrow();
      boolean copy =
          !kept.containsKey(passage.location())
              && kept.values().stream().anyMatch(document::resembles);
      if (!copy && taken.merge(passage.location(), 1, Integer::sum) <= MOST_OF_ONE_DOCUMENT) {
        kept.put(passage.location(), document);
        hits.add(new Hit(passage, document, passage.score() * worth(document)));
      }
    }
    hits.sort(Comparator.comparingDouble((Hit hit) -> -hit.score()));
    return hits;
  }

  private static double worth(StoredDocument document) {
    return document.isMostlyLinks() ? 1.25 - document.linkShare() : 1;
  }

  private List<Double> nearness(Question question, List<Hit> hits) throws InterruptedException {
    var texts =
        hits.stream()
            .limit(compared)
            .map(hit ->
                Excerpts.inItsPlace(hit.document(), hit.passage().start(), hit.passage().end()))
            .toList();
    return texts.isEmpty() ? List.of() : meanings.nearness(question.text(), texts);
  }

  private static List<Ranked.Passage> best(List<Hit> hits, List<Double> nearness) {
    var fused = nearness.isEmpty() ? byWords(hits) : fused(nearness);
    return fused.entrySet().stream()
        .sorted(
            Map.Entry.<Integer, Double>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(BEST)
        .map(entry ->
            passage(
                hits.get(entry.getKey()),
                entry.getValue(),
                nearness.isEmpty() ? 0 : nearness.get(entry.getKey())))
        .toList();
  }

  private static Map<Integer, Double> byWords(List<Hit> hits) {
    var relevance = new LinkedHashMap<Integer, Double>();
    for (int i = 0; i < hits.size(); i++) {
      relevance.put(i, hits.get(i).score() / hits.getFirst().score());
    }
    return relevance;
  }

  /// By the sum of both ranks' reciprocals, 1 for what leads both.
  private static Map<Integer, Double> fused(List<Double> nearness) {
    var byNearness =
        IntStream.range(0, nearness.size())
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -nearness.get(i)))
            .toList();
    var relevance = new LinkedHashMap<Integer, Double>();
    for (int rank = 0; rank < byNearness.size(); rank++) {
      int hit = byNearness.get(rank);
      double both = 1.0 / (FUSION + 1 + rank) + 1.0 / (FUSION + 1 + hit);
      relevance.put(hit, both * (FUSION + 1) / 2);
    }
    return relevance;
  }

  private static Ranked.Passage passage(Hit hit, double relevance, double nearness) {
    return new Ranked.Passage(
        hit.passage().location(),
        hit.document().textSha256(),
        hit.passage().start(),
        hit.passage().end(),
        Rounded.of(relevance),
        Rounded.of(nearness));
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
