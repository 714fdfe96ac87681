package dev.errand.handlers.research;

import dev.errand.handlers.model.AnswerSchema.Reading;
import dev.errand.handlers.model.Prompt;
import dev.errand.handlers.research.Composed.Fate;
import dev.errand.handlers.research.Composed.Judged;
import dev.errand.handlers.research.Report.Claim;
import dev.errand.handlers.research.Report.Section;
import dev.errand.handlers.research.Report.Source;
import dev.errand.handlers.research.Report.Statement;
import dev.errand.handlers.research.Report.Written;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Has the model write sections from the quotes that were found, and keeps the sentences that the
/// quotes support. Where none is supported, the quotes stand alone.
final class Composer {
  /// What looks like a citation in running text; citations are ours to make.
  private static final Pattern BRACKETED =
      Pattern.compile(
          "\\s*[\\[(【]\\s*(?:(?:evidence|source|ids?)\\s*:?\\s*)?\\d+(?:\\.\\d+)?(?:\\s*[,;–-]\\s*\\d+(?:\\.\\d+)?)*\\s*[])】]",
          Pattern.CASE_INSENSITIVE);

  private static final int LONGEST_FOLLOW_UP = 200;

  private final ModelCalls model;
  private final Grounding grounding;
  private final Depth depth;
  private final Map<Integer, String> titles;
  private final List<Source> sources;

  Composer(ModelCalls model, Embeddings embeddings, List<Source> sources, Depth depth) {
    this.model = model;
    this.grounding = new Grounding(embeddings);
    this.depth = depth;
    this.sources = sources;
    this.titles =
        sources.stream()
            .collect(
                Collectors.toMap(Source::number, source -> source.title().orElse(source.name())));
  }

  /// What is left of an answer of the model.
  private record Judgement(
      List<Statement> statements,
      List<String> followUps,
      List<Judged> judged,
      List<String> faults) {}

  /// @param ledger the section with all the evidence that the model may cite
  /// @param label of the step, unique within the task
  Composed compose(Section ledger, String label) throws Exception {
    var conversation = model.about(label);
    var prompt = SectionPrompt.of(ledger, sources, depth);
    var first = conversation.ask(prompt);
    if (first.isEmpty()) {
      return quotes(ledger, conversation, List.of(), conversation.problem());
    }
    var judgement = judge(prompt, first.get(), ledger, 1);
    var judged = new ArrayList<>(judgement.judged());
    var problem = String.join("; ", judgement.faults());
    if (!judgement.faults().isEmpty()) {
      var again = conversation.ask(prompt.again(first.get().text().orElse(""), judgement.faults()));
      if (again.isPresent()) {
        var second = judge(prompt, again.get(), ledger, 2);
        judged.addAll(second.judged());
        judgement = second.statements().isEmpty() ? judgement : second;
        problem = second.faults().isEmpty() ? problem : String.join("; ", second.faults());
      }
    }
    if (judgement.statements().isEmpty()) {
      return quotes(
          ledger,
          conversation,
          judged,
          problem.isEmpty()
              ? "the language model found no answer in the evidence"
              : "the language model's answer cannot be used: " + problem);
    }
    return new Composed(
        written(ledger, judgement.statements()),
        judgement.followUps(),
        judged,
        conversation.costs(),
        Optional.empty());
  }

  private Composed quotes(
      Section ledger, ModelCalls.Conversation conversation, List<Judged> judged, String problem) {
    return new Composed(
        trimmed(ledger),
        List.of(),
        judged,
        conversation.costs(),
        Optional.of("“%s” is answered in quotes: %s".formatted(ledger.question(), problem)));
  }

  /// The direct answer and the best of the other quotes, no more than the depth shows, in the order
  /// they had.
  private Section trimmed(Section ledger) {
    var best =
        ledger.claims().stream()
            .skip(1)
            .sorted(Comparator.comparingDouble((Claim claim) -> -claim.score()))
            .limit(depth.statements() - 1L)
            .collect(Collectors.toCollection(HashSet::new));
    best.add(ledger.claims().getFirst());
    return with(ledger, ledger.claims().stream().filter(best::contains).toList(), Optional.empty());
  }

  private static Section with(Section ledger, List<Claim> claims, Optional<Written> written) {
    return new Section(
        ledger.question(),
        ledger.type(),
        ledger.support(),
        claims,
        ledger.unknown(),
        ledger.disagreements(),
        Figures.of(ledger.type(), ledger.question(), claims),
        written);
  }

  private Judgement judge(Prompt prompt, ModelCalls.Reply reply, Section ledger, int round)
      throws InterruptedException {
    return switch (prompt.schema().read(reply.text().orElse(""))) {
      case Reading.Valid(var value) -> judge(value, ledger, round);
      case Reading.Invalid(var errors) ->
          new Judgement(
              List.of(),
              List.of(),
              List.of(),
              reply.cutShort()
                  ? List.of("It was too long and was cut off (LLM_MAX_OUTPUT_TOKENS): be briefer")
                  : errors);
    };
  }

  private Judgement judge(ObjectNode answer, Section ledger, int round)
      throws InterruptedException {
    var claims = new LinkedHashMap<String, Claim>();
    ledger.claims().forEach(claim -> claims.put(claim.id(), claim));
    var statements = new ArrayList<Statement>();
    var judged = new ArrayList<Judged>();
    var faults = new ArrayList<String>();
    for (JsonNode one : answer.get("statements")) {
      var sentence = new Sentence(one, claims);
      var verdict = judge(sentence);
      judged.add(sentence.judged(round, verdict));
      if (verdict.fault().isPresent()) {
        faults.add("“%s”: %s".formatted(sentence.text, verdict.fault().get()));
      } else if (statements.size() < depth.statements()) {
        statements.add(
            new Statement(sentence.text, sentence.valid(), verdict.support(), verdict.doubt()));
      }
    }
    return new Judgement(statements, followUps(answer), judged, faults);
  }

  /// A sentence as the model wrote it, without citations in its text.
  private static final class Sentence {
    private final String text;
    private final Set<String> ids = new LinkedHashSet<>();
    private final Map<String, Claim> claims;

    Sentence(JsonNode statement, Map<String, Claim> claims) {
      this.text =
          Excerpts.line(
              BRACKETED.matcher(statement.get("text").asString("")).replaceAll("").strip());
      this.claims = claims;
      statement.get("evidence").forEach(id -> ids.add(id.asString("").strip()));
    }

    List<String> valid() {
      return ids.stream().filter(claims::containsKey).toList();
    }

    List<String> invented() {
      return ids.stream().filter(id -> !claims.containsKey(id)).toList();
    }

    List<Claim> cited() {
      return valid().stream().map(id -> Objects.requireNonNull(claims.get(id))).toList();
    }

    Judged judged(int round, Grounding.Verdict verdict) {
      Fate fate =
          verdict.fault().isPresent()
              ? Fate.REMOVED
              : verdict.doubt().isPresent() ? Fate.FLAGGED : Fate.KEPT;
      return new Judged(
          round,
          text,
          List.copyOf(ids),
          verdict.support(),
          fate,
          verdict.fault().or(verdict::doubt));
    }
  }

  private Grounding.Verdict judge(Sentence sentence) throws InterruptedException {
    if (sentence.text.isEmpty()) {
      return removed("it says nothing");
    }
    if (!sentence.invented().isEmpty()) {
      return removed("there is no evidence " + String.join(", ", sentence.invented()));
    }
    return grounding.judge(
        sentence.text,
        sentence.cited(),
        sentence.cited().stream()
            .map(claim -> Objects.requireNonNull(titles.get(claim.first().source())))
            .toList());
  }

  private static Grounding.Verdict removed(String fault) {
    return new Grounding.Verdict(0, Optional.of(fault), Optional.empty());
  }

  private static List<String> followUps(ObjectNode answer) {
    var questions = new ArrayList<String>();
    for (JsonNode one : answer.get("follow_up")) {
      var question = Excerpts.line(one.asString(""));
      if (question.endsWith("?")
          && question.length() <= LONGEST_FOLLOW_UP
          && !Grounding.holdsAddress(question)) {
        questions.add(question);
      }
    }
    return questions;
  }

  /// With the evidence that is cited, and no other.
  private Section written(Section ledger, List<Statement> statements) {
    Set<String> cited =
        statements.stream()
            .flatMap(statement -> statement.evidence().stream())
            .collect(Collectors.toSet());
    var claims = ledger.claims().stream().filter(claim -> cited.contains(claim.id())).toList();
    return with(ledger, claims, Optional.of(new Written(model.model(), statements)));
  }
}
