package dev.errand.embeddings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.embeddings.ReportVerifier.Verdict;
import dev.errand.handlers.corpus.Corpora;
import dev.errand.handlers.corpus.Vectors;
import dev.errand.handlers.json.JacksonJson;
import dev.errand.handlers.read.Reader;
import dev.errand.handlers.research.Outside;
import dev.errand.handlers.research.Report;
import dev.errand.handlers.research.ResearchHandler;
import dev.errand.handlers.research.ResearchParams;
import dev.errand.testkit.attempt.RecordingAttempt;
import java.io.FileNotFoundException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/// What research achieves on questions whose answers are known. The floors are never lowered; what
/// raises the figures may raise them.
@TestInstance(Lifecycle.PER_CLASS)
class NuggetsTest {
  private static final JacksonJson JSON = new JacksonJson();

  private final List<Answer> answers = new ArrayList<>();
  private final List<Answer> byWords = new ArrayList<>();

  /// What a task answered to a question, and what the verifier said to it.
  private record Answer(Nugget nugget, Report.Section section, Verdict verdict) {
    boolean isThere() {
      return !section.claims().isEmpty();
    }

    boolean holdsTheNugget() {
      return section.claims().stream()
          .flatMap(claim -> claim.evidence().stream())
          .anyMatch(evidence -> nugget.isIn(evidence.quote()));
    }
  }

  @BeforeAll
  void ask(@TempDir Path home) throws Exception {
    var model = new MiniLm(Path.of("target", "model").toAbsolutePath());
    var withMeaning = handler(home, Optional.of(new Vectors(home, model)));
    var withoutIt = handler(home, Optional.empty());
    for (var nugget : Nugget.in(resource("/sqlite/questions.txt"))) {
      answers.add(answer(nugget, withMeaning));
      byWords.add(answer(nugget, withoutIt));
    }
    print("words and meaning", answers);
    print("words alone", byWords);
  }

  @Test
  void most_questions_are_answered_with_a_sentence_that_answers_them() {
    assertThat(recall(answers, Predicate.not(Nugget::isHeldOut))).isGreaterThanOrEqualTo(0.95);
    assertThat(recall(answers, Nugget::isHeldOut)).isGreaterThanOrEqualTo(0.9);
  }

  @Test
  void of_questions_without_an_answer_one_in_ten_at_most_gets_one() {
    assertThat(falseAnswers(answers)).isLessThanOrEqualTo(1);
  }

  @Test
  void words_alone_answer_more_than_half_and_invent_no_more() {
    assertThat(recall(byWords, _ -> true)).isGreaterThanOrEqualTo(0.7);
    assertThat(falseAnswers(byWords)).isLessThanOrEqualTo(1);
  }

  @Test
  void a_verifier_of_its_own_finds_every_quote_in_its_document() {
    for (var answer : all()) {
      assertThat(answer.verdict().problems()).as(answer.nugget().question()).isEmpty();
      assertThat(answer.verdict().found()).isEqualTo(answer.verdict().quotes());
    }
  }

  private List<Answer> all() {
    var all = new ArrayList<>(answers);
    all.addAll(byWords);
    return all;
  }

  private static double recall(List<Answer> answers, Predicate<Nugget> counted) {
    var asked =
        answers.stream()
            .filter(one -> one.nugget().isAnswerable() && counted.test(one.nugget()))
            .toList();
    return (double) asked.stream().filter(Answer::holdsTheNugget).count() / asked.size();
  }

  private static long falseAnswers(List<Answer> answers) {
    return answers.stream().filter(one -> !one.nugget().isAnswerable() && one.isThere()).count();
  }

  private static void print(String how, List<Answer> answers) {
    System.out.printf(
        "Research by %s: nugget recall odd %.2f, even (held out) %.2f; false answers %d of 10;"
            + " quotes verified %d of %d%n",
        how,
        recall(answers, Predicate.not(Nugget::isHeldOut)),
        recall(answers, Nugget::isHeldOut),
        falseAnswers(answers),
        answers.stream().mapToInt(one -> one.verdict().found()).sum(),
        answers.stream().mapToInt(one -> one.verdict().quotes()).sum());
  }

  private static ResearchHandler handler(Path home, Optional<Vectors> vectors) {
    return new ResearchHandler(
        new Corpora(home, new Reader()),
        List.of(Path.of("/")),
        Outside.of(address -> {
          throw new FileNotFoundException(address.toString());
        }),
        vectors,
        JSON);
  }

  private static Answer answer(Nugget nugget, ResearchHandler handler) throws Exception {
    var attempt = new RecordingAttempt(JSON);
    var pages = resource("/sqlite/pages").toString();
    handler.handle(ResearchParams.of(nugget.question(), List.of(pages), List.of()), attempt);
    var json = attempt.stored("report_json").text();
    return new Answer(
        nugget,
        JSON.read(json, Report.class).sections().getFirst(),
        ReportVerifier.verify(
            attempt.stored("report_markdown").text(), json, attempt.stored("evidence").text()));
  }

  private static Path resource(String name) throws URISyntaxException {
    return Path.of(Objects.requireNonNull(NuggetsTest.class.getResource(name)).toURI());
  }
}
