package dev.errand.handlers.research;

import dev.errand.engine.attempt.Attempt;
import dev.errand.engine.attempt.Json;
import dev.errand.engine.attempt.TaskFailure;
import dev.errand.handlers.corpus.Library;
import dev.errand.handlers.research.Report.Evidence;
import dev.errand.handlers.research.Report.Section;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Checks a draft's quotes and stores what holds as the task's artifacts.
final class Publication {
  private static final String JSON = "application/json";

  private final ResearchParams params;
  private final Plan plan;
  private final Found found;
  private final Fetched fetched;
  private final Ranked ranked;

  Publication(ResearchParams params, Plan plan, Found found, Fetched fetched, Ranked ranked) {
    this.params = params;
    this.plan = plan;
    this.found = found;
    this.fetched = fetched;
    this.ranked = ranked;
  }

  Published publish(Draft draft, Library library, Json json, Attempt attempt)
      throws IOException, TaskFailure {
    var report = report(draft, QuoteCheck.check(draft, library));
    if (report.checks().removed() > 0) {
      attempt.warn(
          "%d quotes did not verify and were removed".formatted(report.checks().removed()));
    }
    var artifacts = new ArrayList<String>();
    store(
        "report.md",
        "report_markdown",
        "text/markdown; charset=utf-8",
        MarkdownReport.of(report),
        attempt,
        artifacts);
    store("report.json", "report_json", JSON, json.write(report), attempt, artifacts);
    store(
        "evidence.jsonl",
        "evidence",
        "application/jsonl",
        evidence(report, json),
        attempt,
        artifacts);
    for (var source : report.sources()) {
      if (source.fetchedAt().isPresent()) {
        var text = library.document(source.location()).orElseThrow().text();
        store(
            SourceText.name(source),
            "source_text",
            "text/plain; charset=utf-8",
            text,
            attempt,
            artifacts);
      }
    }
    return published(report, artifacts);
  }

  private static void store(
      String name,
      String type,
      String contentType,
      String text,
      Attempt attempt,
      List<String> names)
      throws TaskFailure {
    attempt.store(name, type, contentType, text.getBytes(StandardCharsets.UTF_8));
    names.add(name);
  }

  private Report report(Draft draft, QuoteCheck.Checked checked) {
    Set<Integer> cited =
        checked.sections().stream()
            .flatMap(section -> section.quotes().stream())
            .map(Evidence::source)
            .collect(Collectors.toSet());
    return new Report(
        Report.VERSION,
        params.prompt(),
        checked.sections(),
        draft.sources().stream().filter(source -> cited.contains(source.number())).toList(),
        fetched.pages().stream()
            .flatMap(page ->
                page.problem().map(problem -> new Report.Unread(page.url(), problem)).stream())
            .toList(),
        searched(),
        new Report.Method("rules", "extractive", ranked.retrieval(), params.depthOrDefault()),
        new Report.Checks(
            checked.quotes(),
            checked.quotes(),
            checked.removed(),
            checked.sections().size(),
            (int) checked.sections().stream().filter(Section::answered).count(),
            plan.leftOut()));
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
        skipped);
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
            .map(section -> section.claims().getFirst().first().quote())
            .orElse(""),
        questions(report, true),
        questions(report, false),
        report.checks().quotes(),
        report.checks().verbatim(),
        report.checks().removed(),
        report.sources().size(),
        report.searched().documents(),
        report.method().retrieval(),
        artifacts);
  }

  private static List<String> questions(Report report, boolean answered) {
    return report.sections().stream()
        .filter(section -> section.answered() == answered)
        .map(Section::question)
        .toList();
  }
}
