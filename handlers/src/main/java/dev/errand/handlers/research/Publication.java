package dev.errand.handlers.research;

import dev.errand.engine.attempt.Attempt;
import dev.errand.engine.attempt.Json;
import dev.errand.engine.attempt.TaskFailure;
import dev.errand.handlers.corpus.Library;
import dev.errand.handlers.research.Report.Section;
import dev.errand.handlers.research.ResearchResult.Published;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Checks a draft's quotes and stores the report as the task's artifacts.
final class Publication {
  private static final String JSON = "application/json";
  private static final int MOST_FOLLOW_UPS = 6;

  private final ResearchParams params;
  private final String planner;
  private final Plan plan;
  private final Found found;
  private final Fetched fetched;
  private final Explored explored;
  private final Ranked ranked;
  private final List<Composed> composed;

  /// @param fetched all that was read, from wherever
  /// @param composed what a model made of each section; empty where none was asked
  Publication(
      ResearchParams params,
      String planner,
      Plan plan,
      Found found,
      Fetched fetched,
      Explored explored,
      Ranked ranked,
      List<Composed> composed) {
    this.params = params;
    this.planner = planner;
    this.plan = plan;
    this.found = found;
    this.fetched = fetched;
    this.explored = explored;
    this.ranked = ranked;
    this.composed = List.copyOf(composed);
  }

  Published publish(Draft draft, Library library, Json json, Attempt attempt)
      throws IOException, TaskFailure {
    var report = report(draft, QuoteCheck.check(written(draft), library));
    if (report.checks().removed() > 0) {
      attempt.warn(
          "Removed %s that did not verify"
              .formatted(Plural.of(report.checks().removed(), "quote")));
    }
    var artifacts = new ArrayList<String>();
    for (var format : ReportFormat.values()) {
      if (params.formatsOrDefault().contains(format)) {
        artifacts.add(store(format, report, json, attempt));
      }
    }
    store(
        "evidence.jsonl",
        "evidence",
        "application/jsonl",
        evidence(report, json),
        attempt,
        artifacts);
    if (!composed.isEmpty()) {
      store("audit.json", "audit", JSON, json.write(audit()), attempt, artifacts);
    }
    for (var source : report.sources()) {
      if (source.fetchedAt().isPresent()) { // the page may change: its text is kept as it was
        var text = library.document(source.location()).orElseThrow().text();
        store(
            "source-%d.txt".formatted(source.number()),
            "source_text",
            "text/plain; charset=utf-8",
            text,
            attempt,
            artifacts);
      }
    }
    return published(report, artifacts);
  }

  /// With what the model wrote in the place of quotes, where it did.
  private Draft written(Draft draft) {
    return composed.isEmpty()
        ? draft
        : new Draft(
            composed.stream().map(Composed::section).toList(), draft.sources(), draft.followUps());
  }

  private static String store(ReportFormat format, Report report, Json json, Attempt attempt)
      throws IOException, TaskFailure {
    return switch (format) {
      case MARKDOWN ->
          attempt
              .store(
                  "report.md",
                  "report_markdown",
                  "text/markdown; charset=utf-8",
                  bytes(MarkdownReport.of(report)))
              .name();
      case JSON ->
          attempt.store("report.json", "report_json", JSON, bytes(json.write(report))).name();
      case HTML ->
          attempt
              .store(
                  "report.html",
                  "report_html",
                  "text/html; charset=utf-8",
                  bytes(HtmlReport.of(report)))
              .name();
      case PDF ->
          attempt.store("report.pdf", "report_pdf", "application/pdf", PdfReport.of(report)).name();
    };
  }

  /// Every sentence the model wrote, by question, with what became of it.
  private record Audit(String question, List<Composed.Judged> sentences, List<Report.Cost> calls) {}

  private record Audits(List<Audit> sections) {}

  private Audits audit() {
    return new Audits(
        composed.stream()
            .map(one -> new Audit(one.section().question(), one.judged(), one.costs()))
            .toList());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void store(
      String name,
      String type,
      String contentType,
      String text,
      Attempt attempt,
      List<String> names)
      throws TaskFailure {
    attempt.store(name, type, contentType, bytes(text));
    names.add(name);
  }

  private Report report(Draft draft, QuoteCheck.Checked checked) {
    var numbered = Renumbered.of(checked.sections(), draft.sources());
    var scores = new SourceScores(numbered.sections(), explored);
    return new Report(
        Report.VERSION,
        params.prompt(),
        numbered.sections(),
        numbered.sources().stream().map(scores::scored).toList(),
        followUps(draft),
        fetched.pages().stream()
            .flatMap(page ->
                page.problem().map(problem -> new Report.Unread(page.url(), problem)).stream())
            .toList(),
        warnings(),
        costs(),
        searched(),
        method(numbered.sections()),
        checks(checked, numbered.sections()));
  }

  /// Those of the model first, for it has seen the evidence.
  private List<String> followUps(Draft draft) {
    return Stream.concat(
            composed.stream().flatMap(one -> one.followUps().stream()),
            draft.followUps().orElse(List.of()).stream())
        .distinct()
        .limit(MOST_FOLLOW_UPS)
        .toList();
  }

  private List<String> warnings() {
    return Stream.concat(
            explored.warnings().stream(), composed.stream().flatMap(one -> one.warning().stream()))
        .toList();
  }

  private List<Report.Cost> costs() {
    return Stream.concat(
            explored.costs().stream(), composed.stream().flatMap(one -> one.costs().stream()))
        .toList();
  }

  private Report.Method method(List<Section> sections) {
    var model =
        sections.stream()
            .flatMap(section -> section.written().stream())
            .map(Report.Written::model)
            .findFirst();
    return new Report.Method(
        planner,
        model.isPresent() ? "model" : "extractive",
        model,
        explored.proposals(),
        writing(model.isPresent()),
        ranked.retrieval(),
        params.depthOrDefault(),
        params.reportTypeOrDefault());
  }

  private ModelPart writing(boolean used) {
    boolean asked = composed.stream().anyMatch(one -> !one.costs().isEmpty());
    return used ? ModelPart.USED : asked ? ModelPart.UNUSED : ModelPart.NONE;
  }

  private Report.Checks checks(QuoteCheck.Checked checked, List<Section> sections) {
    var statements =
        sections.stream()
            .flatMap(section -> section.written().stream())
            .flatMap(written -> written.statements().stream())
            .toList();
    return new Report.Checks(
        checked.quotes(),
        checked.quotes(),
        checked.removed(),
        statements.size(),
        (int) statements.stream().filter(one -> one.doubt().isPresent()).count(),
        (int)
            composed.stream()
                .flatMap(one -> one.judged().stream())
                .filter(one -> one.fate() == Composed.Fate.REMOVED)
                .count(),
        sections.size(),
        (int) sections.stream().filter(Section::answered).count(),
        plan.leftOut());
  }

  private Report.Searched searched() {
    var skipped = new TreeMap<String, Integer>();
    for (var folder : found.folders()) {
      folder.skipped().forEach((reason, count) -> skipped.merge(reason, count, Integer::sum));
    }
    return new Report.Searched(
        fetched.folders().stream().map(Fetched.Folder::path).toList(),
        ranked.documents(),
        ranked.passages(),
        fetched.folders().stream().mapToInt(Fetched.Folder::unreadable).sum(),
        skipped,
        explored.web());
  }

  /// One line for each quote, for programs that read line by line.
  private record Line(
      String question,
      String claim,
      int source,
      String location,
      List<String> headings,
      int start,
      int end,
      String sha256,
      String textSha256,
      double score,
      String quote) {}

  private static String evidence(Report report, Json json) {
    var sources =
        report.sources().stream().collect(Collectors.toMap(Report.Source::number, one -> one));
    var lines = new StringBuilder();
    for (var section : report.sections()) {
      for (var claim : section.claims()) {
        for (var one : claim.evidence()) {
          var source = Objects.requireNonNull(sources.get(one.source()));
          lines
              .append(
                  json.write(
                      new Line(
                          section.question(),
                          claim.id(),
                          one.source(),
                          source.location(),
                          claim.headings(),
                          one.start(),
                          one.end(),
                          one.sha256(),
                          source.textSha256(),
                          claim.score(),
                          one.quote())))
              .append('\n');
        }
      }
    }
    return lines.toString();
  }

  private static Published published(Report report, List<String> artifacts) {
    return new Published(
        report.sections().stream()
            .filter(Section::answered)
            .findFirst()
            .map(Publication::answer)
            .orElse(""),
        questions(report, true),
        questions(report, false),
        report.checks().quotes(),
        report.checks().verbatim(),
        report.checks().removed(),
        report.sources().size(),
        report.searched().documents(),
        report.method().retrieval(),
        report.method().writer(),
        report.warnings(),
        artifacts);
  }

  private static String answer(Section section) {
    return section
        .written()
        .map(written -> written.statements().getFirst().text())
        .orElseGet(() -> section.claims().getFirst().first().quote());
  }

  private static List<String> questions(Report report, boolean answered) {
    return report.sections().stream()
        .filter(section -> section.answered() == answered)
        .map(Section::question)
        .toList();
  }
}
