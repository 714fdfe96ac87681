package dev.errand.handlers.research;

import dev.errand.handlers.corpus.Library;
import dev.errand.handlers.corpus.Terms;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Scores how well sentences answer a question.
///
/// The weights and floors were fitted on half of the questions about the SQLite documentation whose
/// answers are known, and on others that have none; a test holds what they achieve on both halves.
final class Scorer {
  /// Below this support a question counts as not answered.
  private static final double FLOOR_WITH_MEANING = 0.47;

  private static final double FLOOR_BY_WORDS = 0.56;

  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final Pattern NAMED =
      Pattern.compile("(?i)\\b(?:called|known as|termed|named)(?: an?| the)? ((?:\\S+ ?){1,4})");

  private static final int SUBJECT = 6;

  /// Subtracted from the score of sentences in documents that are mostly links.
  private static final double LISTING = 1.5;

  /// The factor on the support when a question asks for a number, say, and the sentence has none.
  private static final double UNSHAPED = 0.8;

  /// The factor on the support when a passage lacks a name that the question asks about.
  private static final double UNNAMED = 0.8;

  private static final Pattern NAME = Pattern.compile("(?<=\\W)\\p{Lu}[\\p{L}\\p{N}_.]+");

  private final Question question;
  private final Set<String> names;
  private final TermWeights weights;
  private final Embeddings embeddings;
  private final Map<Ranked.Passage, Set<String>> passageTerms = new HashMap<>();

  private Scorer(Question question, TermWeights weights, Embeddings embeddings) {
    this.question = question;
    this.names = names(question.text());
    this.weights = weights;
    this.embeddings = embeddings;
  }

  static Scorer of(Question question, Library library, Embeddings embeddings) throws IOException {
    return new Scorer(question, TermWeights.of(question.terms(), library), embeddings);
  }

  private static Set<String> names(String question) {
    return NAME.matcher(question)
        .results()
        .flatMap(name -> Terms.whole(name.group()).stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /// @param score to rank by, higher is better
  /// @param support 0 to 1: how sure it is that the question is answered here at all
  record Scored(Candidate candidate, double score, double support) {}

  /// The candidates, the best first.
  List<Scored> score(List<Candidate> candidates) throws InterruptedException {
    var similarity =
        embeddings.similarity(
            question.text(), candidates.stream().map(Candidate::text).map(Excerpts::line).toList());
    var scored = new ArrayList<Scored>();
    for (int i = 0; i < candidates.size(); i++) {
      scored.add(
          similarity.isEmpty()
              ? byWords(candidates.get(i))
              : withMeaning(candidates.get(i), similarity.get(i)));
    }
    scored.sort(
        Comparator.comparingDouble((Scored one) -> -one.score())
            .thenComparing(one -> one.candidate().document().location())
            .thenComparingInt(one -> one.candidate().span().start()));
    return scored;
  }

  /// Whether the best of a question's sentences answers it.
  boolean answers(Scored best) {
    return best.support() >= floor();
  }

  /// The least support of what is shown.
  double floor() {
    return embeddings.compared() ? FLOOR_WITH_MEANING : FLOOR_BY_WORDS;
  }

  private Scored withMeaning(Candidate candidate, double similarity) {
    var words = words(candidate);
    double score =
        3.0 * similarity
            + 3.0 * candidate.passage().similarity()
            + 0.5 * words.inSentence()
            + 1.5 * words.withNeighbours()
            + 1.0 * words.withPassage()
            + 1.2 * words.inTopic()
            + 1.4 * shape(candidate)
            + SentenceForm.weight(candidate.text());
    double support = Math.sqrt(Math.max(0, similarity) * words.withPassage());
    return scored(candidate, score, words.named() ? support : support * UNNAMED);
  }

  private Scored byWords(Candidate candidate) {
    var words = words(candidate);
    double score =
        1.0 * words.inSentence()
            + 2.4 * words.withNeighbours()
            + 1.5 * words.withPassage()
            + 2.0 * words.inTopic()
            + 2.0 * shape(candidate)
            + 0.5 * candidate.passage().relevance()
            + SentenceForm.weight(candidate.text());
    double support = words.withNeighbours();
    return scored(candidate, score, words.named() ? support : support * UNNAMED);
  }

  private Scored scored(Candidate candidate, double score, double support) {
    double listing = candidate.document().isMostlyLinks() ? LISTING : 0;
    return new Scored(
        candidate, Rounded.of(score - listing), Rounded.of(support * certainty(candidate)));
  }

  private double shape(Candidate candidate) {
    boolean fits = AnswerShape.fits(question.type(), candidate.text());
    boolean defines = question.type() == AnswerType.DEFINITION && isSubject(candidate.text());
    boolean counts = question.type() == AnswerType.QUANTITY && countsTheSubject(candidate.text());
    double weight = AnswerShape.isDecisive(question.type()) ? 1 : 0.25;
    return (fits ? weight : 0) + (defines || counts ? 0.6 : 0);
  }

  /// Whether the sentence begins with what the question is about, or says what is called so.
  private boolean isSubject(String sentence) {
    var words = BLANKS.split(sentence);
    var beginning = String.join(" ", List.of(words).subList(0, Math.min(words.length, SUBJECT)));
    if (Terms.of(beginning).containsAll(question.terms())) {
      return true;
    }
    var named = NAMED.matcher(sentence);
    return named.find() && Terms.of(named.group(1)).containsAll(question.terms());
  }

  /// Whether a number in the sentence counts something that the question names.
  private boolean countsTheSubject(String sentence) {
    return AnswerShape.counted(sentence)
        .anyMatch(things -> Terms.of(things).stream().anyMatch(question.terms()::contains));
  }

  private double certainty(Candidate candidate) {
    boolean decisive = AnswerShape.isDecisive(question.type());
    return decisive && !AnswerShape.fits(question.type(), candidate.text()) ? UNSHAPED : 1;
  }

  /// The weighted shares of the question's terms in the sentence, and in ever more around it.
  ///
  /// @param named whether all names of the question are among them
  private record Words(
      double inSentence,
      double withNeighbours,
      double withPassage,
      double inTopic,
      boolean named) {}

  private Words words(Candidate candidate) {
    var present = new HashSet<>(Terms.of(candidate.text()));
    double sentence = weights.share(present);
    present.addAll(Terms.of(candidate.setting()));
    present.addAll(Terms.of(candidate.neighbours()));
    double neighbours = weights.share(present);
    present.addAll(
        passageTerms.computeIfAbsent(candidate.passage(), _ -> termsOfPassage(candidate)));
    return new Words(
        sentence,
        neighbours,
        weights.share(present),
        inTopic(candidate),
        present.containsAll(names));
  }

  /// How well the names above the sentence match the question: both in what they hold and in what
  /// they do not.
  private double inTopic(Candidate candidate) {
    double best = 0;
    for (String topic : candidate.topics()) {
      var terms = new HashSet<>(Terms.of(topic));
      double found = weights.share(terms);
      int all = terms.size();
      terms.retainAll(question.terms());
      double exact = all == 0 ? 0 : (double) terms.size() / all;
      best = Math.max(best, found + exact == 0 ? 0 : 2 * found * exact / (found + exact));
    }
    return best;
  }

  private static Set<String> termsOfPassage(Candidate candidate) {
    var passage = candidate.passage();
    return Set.copyOf(
        Terms.of(candidate.document().text().substring(passage.start(), passage.end())));
  }
}
