package dev.errand.handlers.research;

import dev.errand.handlers.corpus.Library;
import dev.errand.handlers.corpus.PassageHit;
import dev.errand.handlers.corpus.PassageQuery;
import dev.errand.handlers.corpus.PassageQuery.Weighted;
import dev.errand.handlers.corpus.StoredDocument;
import dev.errand.handlers.corpus.Vector;
import dev.errand.handlers.corpus.Vectors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds passages by words and by meaning, in two looks.
///
/// The first look takes the passages that BM25 finds and mixes their BM25 score with the similarity
/// of their embedding. The second expands the question by the terms that the best of the first have
/// in common (RM3), and compares with the best of them as well as with the question (Rocchio). The
/// weights were fitted on half of the Cranfield queries; `errand bench retrieval` shows both
/// halves. Not thread-safe.
public final class Retrieval {
  private static final int MOST_OF_ONE_DOCUMENT = 10;
  private static final int MOST_TERMS = 100;
  private static final int MOST_PAIRS = 50;
  private static final double HINT = 0.3;
  private static final double CONTEXT = 0.3;

  /// When the first look finds no more passages than this, a second would find the same.
  private static final int FEW = 12;

  /// How many of the first passages guide the second look by their meaning, and by their words.
  private static final int NEAR = 3;

  static final int FEEDBACK = 10;

  /// The weight of words in the relevance; the rest is that of meaning.
  private static final double BY_WORDS = 0.4;

  /// The weight of the question in the second look's similarity; the rest is that of the first
  /// passages.
  private static final double TO_THE_QUESTION = 0.8;

  private static final double NEARLY_NOTHING = 1e-9;

  private final Library library;
  private final Embeddings embeddings;
  private final Reach reach;

  Retrieval(Library library, Embeddings embeddings, Reach reach) {
    this.library = library;
    this.embeddings = embeddings;
    this.reach = reach;
  }

  /// How far it looks.
  ///
  /// @param byWords passages found by words, at most
  /// @param compared how many of them are compared by meaning, which is what takes time
  /// @param twice whether it looks again
  public record Reach(int byWords, int compared, boolean twice) {}

  /// @param vectors absent where words alone decide
  public static Retrieval of(Library library, Optional<Vectors> vectors, Reach reach) {
    return new Retrieval(library, new Embeddings(vectors), reach);
  }

  /// @param relevance beside the others, 1 for the best; those not compared follow the others
  /// @param similarity of its meaning to the question's; 0 when it was not compared
  record Place(PassageHit passage, StoredDocument document, double relevance, double similarity) {
    String text() {
      return document.text().substring(passage.start(), passage.end());
    }

    String inItsPlace() {
      return Excerpts.inItsPlace(document, passage.start(), passage.end());
    }
  }

  /// The locations of the documents that say most about `question`, each once, the best first.
  public List<String> documents(String question) throws IOException, InterruptedException {
    return rank(Planner.question(question, List.of())).stream()
        .map(place -> place.passage().location())
        .distinct()
        .toList();
  }

  /// The passages most likely to answer, the best first.
  List<Place> rank(Question question) throws IOException, InterruptedException {
    var terms = terms(question);
    var first = look(question, terms, List.of());
    if (!reach.twice() || first.size() <= FEW) {
      return first;
    }
    var more = RelevanceFeedback.terms(first, terms, library);
    return look(question, more, first.subList(0, NEAR));
  }

  /// A prompt may be one question of a thousand words: an index takes only so many at once.
  private static Map<String, Double> terms(Question question) {
    var terms = new LinkedHashMap<String, Double>();
    question.terms().stream().limit(MOST_TERMS).forEach(term -> terms.put(term, 1.0));
    question.hints().forEach(term -> terms.putIfAbsent(term, HINT));
    question.context().stream().limit(MOST_TERMS).forEach(term -> terms.putIfAbsent(term, CONTEXT));
    return terms;
  }

  private List<Place> look(Question question, Map<String, Double> terms, List<Place> leads)
      throws IOException, InterruptedException {
    var query =
        new PassageQuery(
            terms.entrySet().stream()
                .map(term -> new Weighted(term.getKey(), term.getValue()))
                .toList(),
            question.pairs().stream().limit(MOST_PAIRS).map(Retrieval::pair).toList());
    var hits = distinct(library.search(query, reach.byWords()));
    var similarity = similarity(question, hits, leads);
    return similarity.isEmpty() ? byWords(hits) : byBoth(hits, similarity);
  }

  private static PassageQuery.Pair pair(String pair) {
    int blank = pair.indexOf(' ');
    return new PassageQuery.Pair(pair.substring(0, blank), pair.substring(blank + 1));
  }

  private record Hit(PassageHit passage, StoredDocument document, double score) {
    Place relevant(double relevance, double similarity) {
      return new Place(passage, document, relevance, similarity);
    }
  }

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

  /// @param toQuestion -1 to 1
  /// @param toAll to the question and what leads the way, weighted
  private record Similarity(double toQuestion, double toAll) {}

  /// Of the first hits, as many as are compared; empty when there is no telling.
  private List<Similarity> similarity(Question question, List<Hit> hits, List<Place> leads)
      throws InterruptedException {
    var texts = new ArrayList<String>();
    texts.add(question.text());
    leads.forEach(lead -> texts.add(lead.inItsPlace()));
    hits.stream()
        .limit(reach.compared())
        .forEach(hit -> texts.add(hit.relevant(0, 0).inItsPlace()));
    return embeddings.vectors(texts).stream()
        .flatMap(all -> {
          var asked = all.getFirst();
          var led = all.subList(1, 1 + leads.size());
          return all.subList(1 + leads.size(), all.size()).stream()
              .map(one -> similarity(one, asked, led));
        })
        .toList();
  }

  private static Similarity similarity(Vector one, Vector question, List<Vector> leads) {
    double toQuestion = one.cosine(question);
    double toAll =
        leads.isEmpty()
            ? toQuestion
            : TO_THE_QUESTION * toQuestion
                + (1 - TO_THE_QUESTION)
                    * leads.stream().mapToDouble(one::cosine).average().orElseThrow();
    return new Similarity(toQuestion, toAll);
  }

  private static List<Place> byWords(List<Hit> hits) {
    return hits.stream()
        .map(hit -> hit.relevant(hit.score() / hits.getFirst().score(), 0))
        .toList();
  }

  private static List<Place> byBoth(List<Hit> hits, List<Similarity> similarity) {
    var words = spread(hits.stream().limit(similarity.size()).map(Hit::score).toList());
    var meaning = spread(similarity.stream().map(Similarity::toAll).toList());
    var places = new ArrayList<Place>();
    for (int i = 0; i < similarity.size(); i++) {
      double relevance = BY_WORDS * words.get(i) + (1 - BY_WORDS) * meaning.get(i);
      places.add(hits.get(i).relevant(relevance, similarity.get(i).toQuestion()));
    }
    places.sort(Comparator.comparingDouble((Place place) -> -place.relevance()));
    double best = places.getFirst().relevance();
    places.replaceAll(place ->
        new Place(place.passage(), place.document(), place.relevance() / best, place.similarity()));
    hits.stream().skip(similarity.size()).map(hit -> hit.relevant(0, 0)).forEach(places::add);
    return places;
  }

  /// The values scaled so that the least is 0 and the greatest 1.
  private static List<Double> spread(List<Double> values) {
    double least = values.stream().mapToDouble(value -> value).min().orElseThrow();
    double most = values.stream().mapToDouble(value -> value).max().orElseThrow();
    double width = Math.max(most - least, NEARLY_NOTHING);
    return values.stream().map(value -> (value - least + NEARLY_NOTHING) / width).toList();
  }
}
