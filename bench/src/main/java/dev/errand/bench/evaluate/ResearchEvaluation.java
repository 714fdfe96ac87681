package dev.errand.bench.evaluate;

import dev.errand.bench.evaluate.ReportVerifier.Verdict;
import dev.errand.embeddings.MiniLm;
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
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/// How well research answers questions whose answers are known, and admits that others have none.
/// The floors are never lowered, only raised.
public final class ResearchEvaluation {
  private static final JacksonJson JSON = new JacksonJson();

  private final Path folder;

  private ResearchEvaluation(Path folder) {
    this.folder = folder;
  }

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

  /// @param figures in the order of a table
  /// @param problems what the verifier found wrong
  public record Findings(List<Figure> figures, List<String> problems) {
    public Findings {
      figures = List.copyOf(figures);
      problems = List.copyOf(problems);
    }
  }

  /// Prints the table.
  ///
  /// @return whether every floor was held
  public static boolean run(Path folder, Path scratch, PrintStream out) throws Exception {
    Findings findings = of(folder, scratch);
    out.println("| Research on 50 questions about 40 pages | measured | of | floor |");
    out.println("| --- | --- | --- | --- |");
    for (Figure figure : findings.figures()) {
      out.printf(
          Locale.ROOT,
          "| %s | %.3f | %d | %.2f%s |%n",
          figure.what(),
          figure.value(),
          figure.of(),
          figure.floor(),
          figure.held() ? "" : " MISSED");
    }
    findings.problems().forEach(out::println);
    return findings.figures().stream().allMatch(Figure::held);
  }

  /// @param folder with `questions.txt` and `pages`
  /// @param scratch for indexes and the embedding model
  public static Findings of(Path folder, Path scratch) throws Exception {
    ResearchEvaluation evaluation = new ResearchEvaluation(folder);
    ResearchHandler both =
        handler(scratch, Optional.of(new Vectors(scratch, new MiniLm(scratch.resolve("model")))));
    ResearchHandler words = handler(scratch, Optional.empty());
    List<Answer> byBoth = new ArrayList<>();
    List<Answer> byWords = new ArrayList<>();
    for (Nugget nugget : Nugget.in(folder.resolve("questions.txt"))) {
      byBoth.add(evaluation.answer(nugget, both));
      byWords.add(evaluation.answer(nugget, words));
    }
    return findings(byBoth, byWords);
  }

  private static Findings findings(List<Answer> byBoth, List<Answer> byWords) {
    List<Answer> all = new ArrayList<>(byBoth);
    all.addAll(byWords);
    return new Findings(
        List.of(
            checked("citations that lead to a source", all, Verdict::citedSources, Verdict::cited),
            checked("quotes found verbatim in their source", all, Verdict::found, Verdict::quotes),
            checked("numbers and names a source holds", all, Verdict::supported, Verdict::told),
            recall("answers found, odd questions", byBoth, Predicate.not(Nugget::isHeldOut), 0.95),
            recall("answers found, even (held out)", byBoth, Nugget::isHeldOut, 0.9),
            recall("answers found, words alone", byWords, _ -> true, 0.7),
            honesty("unanswerable, and said so", byBoth, 0.9),
            honesty("unanswerable, and said so, words alone", byWords, 0.9)),
        all.stream().flatMap(one -> one.verdict().problems().stream()).toList());
  }

  private static Figure checked(
      String what, List<Answer> answers, ToIntFunction<Verdict> good, ToIntFunction<Verdict> of) {
    return Figure.share(
        what,
        answers.stream().map(Answer::verdict).mapToInt(good).sum(),
        answers.stream().map(Answer::verdict).mapToInt(of).sum(),
        1);
  }

  private static Figure recall(
      String what, List<Answer> answers, Predicate<Nugget> counted, double floor) {
    List<Answer> asked =
        answers.stream()
            .filter(one -> one.nugget().isAnswerable() && counted.test(one.nugget()))
            .toList();
    long found = asked.stream().filter(Answer::holdsTheNugget).count();
    return Figure.share(what, found, asked.size(), floor);
  }

  private static Figure honesty(String what, List<Answer> answers, double floor) {
    List<Answer> asked = answers.stream().filter(one -> !one.nugget().isAnswerable()).toList();
    long silent = asked.stream().filter(Predicate.not(Answer::isThere)).count();
    return Figure.share(what, silent, asked.size(), floor);
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

  private Answer answer(Nugget nugget, ResearchHandler handler) throws Exception {
    RecordingAttempt attempt = new RecordingAttempt(JSON);
    handler.handle(
        ResearchParams.of(
            nugget.question(), List.of(folder.resolve("pages").toString()), List.of()),
        attempt);
    String json = attempt.stored("report_json").text();
    return new Answer(
        nugget,
        JSON.read(json, Report.class).sections().getFirst(),
        ReportVerifier.verify(
            attempt.stored("report_markdown").text(), json, attempt.stored("evidence").text()));
  }
}
