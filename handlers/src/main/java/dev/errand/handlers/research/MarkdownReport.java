package dev.errand.handlers.research;

import dev.errand.handlers.research.Report.Claim;
import dev.errand.handlers.research.Report.Disagreement;
import dev.errand.handlers.research.Report.Evidence;
import dev.errand.handlers.research.Report.Form;
import dev.errand.handlers.research.Report.Section;
import dev.errand.handlers.research.Report.Source;
import dev.errand.handlers.research.Report.Statement;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/// A report for people to read. The same report gives the same text, byte for byte.
final class MarkdownReport {
  private static final int LONGEST_TITLE = 120;
  private static final String UNTITLED = "Research report";
  private static final String UNKNOWN = "unknown";

  private final Report report;
  private final ReferenceStyle references;
  private final Map<Integer, Source> sources;
  private final StringBuilder out = new StringBuilder();

  private MarkdownReport(Report report, ReferenceStyle references) {
    this.report = report;
    this.references = references;
    this.sources = report.sources().stream().collect(Collectors.toMap(Source::number, one -> one));
  }

  static String of(Report report) {
    return of(report, new ReferenceStyle.Plain());
  }

  static String of(Report report, ReferenceStyle references) {
    return new MarkdownReport(report, references).write();
  }

  private String write() {
    line("# " + title());
    line();
    switch (report.method().reportType()) {
      case BRIEF, DETAILED -> {
        if (report.sections().size() > 1) {
          overview();
        }
        report.sections().forEach(this::section);
      }
      case QA -> report.sections().forEach(this::questionAndAnswer);
      case RESOURCE_LIST -> resources();
    }
    if (report.method().reportType() != ReportType.RESOURCE_LIST) {
      sources();
    }
    followUps();
    warnings();
    unread();
    costs();
    method();
    return out.toString();
  }

  private String title() {
    var prompt = Excerpts.line(report.prompt());
    return prompt.length() <= LONGEST_TITLE && report.sections().size() == 1
        ? MarkdownText.of(prompt)
        : UNTITLED;
  }

  /// Whether the report's title is the section's question.
  private boolean isTitled(Section section) {
    return title().equals(MarkdownText.of(section.question()));
  }

  /// Each question's direct answer, for readers who read no further.
  private void overview() {
    line("| Question | Answer |");
    line("| --- | --- |");
    for (int i = 0; i < report.sections().size(); i++) {
      var section = report.sections().get(i);
      var answer = section.answered() ? directAnswer(section) : "**Not found**";
      line("| %s | %s |".formatted(references.section(i + 1, section.question()), answer));
    }
    line();
  }

  private String directAnswer(Section section) {
    return section
        .written()
        .map(written -> sentence(written.statements().getFirst(), section))
        .orElseGet(() ->
            "“%s” %s"
                .formatted(
                    text(section.claims().getFirst().first()),
                    cited(section.claims().getFirst().first())));
  }

  /// What the model wrote, with the sources of the quotes it cites.
  private String sentence(Statement statement, Section section) {
    var cited =
        section.claims().stream()
            .filter(claim -> statement.evidence().contains(claim.id()))
            .map(claim -> cited(claim.first()))
            .distinct()
            .collect(Collectors.joining(", "));
    return "%s %s%s"
        .formatted(
            MarkdownText.of(statement.text()),
            cited,
            statement.doubt().map(doubt -> " *(%s)*".formatted(MarkdownText.of(doubt))).orElse(""));
  }

  private void questionAndAnswer(Section section) {
    line("## " + MarkdownText.of(section.question()));
    line();
    if (!section.answered()) {
      notFound(section);
    } else if (section.written().isPresent()) {
      statements(section);
    } else {
      line(directAnswer(section));
      line();
    }
    section.disagreements().forEach(this::disagreement);
  }

  private void statements(Section section) {
    section.written().stream()
        .flatMap(written -> written.statements().stream())
        .forEach(statement -> {
          line(sentence(statement, section));
          line();
        });
  }

  /// The sources, by score.
  private void resources() {
    if (report.sources().isEmpty()) {
      report.sections().forEach(this::section);
      return;
    }
    line("## Resources");
    line();
    report.sources().stream()
        .sorted(
            Comparator.comparingDouble((Source source) -> -source.score().orElse(0.0))
                .thenComparingInt(Source::number))
        .forEach(source -> {
          source(source);
          quoteFrom(source).ifPresent(quote -> line("  - “%s”".formatted(MarkdownText.of(quote))));
        });
    line();
    report.sections().stream()
        .filter(section -> !section.answered())
        .forEach(section -> line("Not found: %s\n".formatted(MarkdownText.of(section.question()))));
  }

  private Optional<String> quoteFrom(Source source) {
    return report.sections().stream()
        .flatMap(section -> section.claims().stream())
        .map(Claim::first)
        .filter(quote -> quote.source() == source.number())
        .map(Evidence::quote)
        .findFirst();
  }

  private void section(Section section) {
    if (!isTitled(section)) {
      line("## " + MarkdownText.of(section.question()));
      line();
    }
    if (!section.answered()) {
      notFound(section);
      return;
    }
    if (section.written().isPresent()) {
      statements(section);
      line("**In the sources' own words:**");
      line();
    }
    answer(section.claims().getFirst());
    evidence(section.claims().subList(1, section.claims().size()));
    figures(section);
    section.disagreements().forEach(this::disagreement);
    if (!section.unknown().isEmpty()) {
      line("No document mentions %s.".formatted(words(section.unknown())));
      line();
    }
  }

  private void notFound(Section section) {
    line(why());
    if (!section.unknown().isEmpty()) {
      line("No document mentions %s.".formatted(words(section.unknown())));
    }
    line();
  }

  private String why() {
    if (report.searched().documents() > 0) {
      return "**Not found.** Nothing in the documents searched answers this.";
    }
    return report
        .searched()
        .web()
        .map(web ->
            "**No sources found.** %s of the web gave no page that could be read."
                .formatted(Plural.of(web.queries().size(), "search", "searches")))
        .orElse(
            "**Not found.** There was no document to search: name folders in docs or pages in urls.");
  }

  private void answer(Claim claim) {
    line("> “%s” %s".formatted(text(claim.first()), cited(claim.first())));
    for (var part : parts(claim)) {
      out.append(
          part.form() == Form.CODE
              ? ">\n" + MarkdownText.block(part.quote(), "> ")
              : ">\n> - “%s”\n".formatted(text(part)));
    }
    line();
    line("— *%s*%s%s".formatted(name(claim), below(claim), also(claim)));
    line();
  }

  /// Source by source.
  private void evidence(List<Claim> claims) {
    int above = 0;
    for (var claim : claims) {
      if (claim.first().source() != above) {
        out.append(above == 0 ? "" : "\n");
        line("**%s** %s".formatted(name(claim), cited(claim.first())));
        line();
        above = claim.first().source();
      }
      line("- “%s”%s%s".formatted(text(claim.first()), below(claim), also(claim)));
      for (var part : parts(claim)) {
        out.append(
            part.form() == Form.CODE
                ? "\n" + MarkdownText.block(part.quote(), "  ") + "\n"
                : "  - “%s”\n".formatted(text(part)));
      }
    }
    if (!claims.isEmpty()) {
      line();
    }
  }

  /// What the claim's first quote introduces.
  private static List<Evidence> parts(Claim claim) {
    return claim.evidence().subList(1, claim.evidence().size());
  }

  private String name(Claim claim) {
    return name(Objects.requireNonNull(sources.get(claim.first().source())));
  }

  private static String name(Source source) {
    return MarkdownText.of(source.title().orElse(source.name()));
  }

  /// The headings above the claim, without the one that repeats the document's title.
  private String below(Claim claim) {
    var title = Objects.requireNonNull(sources.get(claim.first().source())).title().orElse("");
    var headings =
        claim.headings().stream()
            .filter(heading -> !heading.equalsIgnoreCase(title))
            .map(MarkdownText::of)
            .toList();
    return headings.isEmpty() ? "" : " › " + String.join(" › ", headings);
  }

  private String also(Claim claim) {
    return claim.also().isEmpty()
        ? ""
        : " (also in %s)"
            .formatted(
                claim.also().stream()
                    .map(this::cited)
                    .distinct()
                    .collect(Collectors.joining(", ")));
  }

  private void figures(Section section) {
    if (section.figures().isEmpty()) {
      return;
    }
    line("| Figure | Where |");
    line("| --- | --- |");
    for (var figure : section.figures()) {
      var source = Objects.requireNonNull(sources.get(figure.source()));
      line(
          "| %s | %s %s |"
              .formatted(
                  MarkdownText.of(figure.figure()),
                  name(source),
                  references.citation(figure.source())));
    }
    line();
  }

  private void disagreement(Disagreement disagreement) {
    line("**The sources differ:**");
    line();
    disagreement
        .statements()
        .forEach(one -> line("- “%s” %s, %s".formatted(text(one), cited(one), dated(one))));
    line();
  }

  private String dated(Evidence evidence) {
    return Objects.requireNonNull(sources.get(evidence.source()))
        .published()
        .map(date -> "dated " + references.date(date))
        .orElse("undated");
  }

  private void sources() {
    if (report.sources().isEmpty()) {
      return;
    }
    line("## Sources");
    line();
    report.sources().forEach(this::source);
    line();
  }

  private void source(Source source) {
    line(
        "- %s **%s** — %s%s, sha256 %s"
            .formatted(
                references.entry(source.number()),
                name(source),
                references.place(source.name(), source.location()),
                source.published().map(date -> ", dated " + references.date(date)).orElse(""),
                references.hash(source.sha256())));
    line(
        String.format(
            Locale.ROOT,
            "  - score %.2f: %s",
            source.score().orElse(0.0),
            MarkdownText.of(String.join("; ", source.reasons().orElse(List.of())))));
  }

  private void followUps() {
    list("## To ask next", report.followUps());
  }

  private void warnings() {
    list("## Warnings", report.warnings());
  }

  private void list(String heading, List<String> lines) {
    if (lines.isEmpty()) {
      return;
    }
    line(heading);
    line();
    lines.forEach(one -> line("- " + MarkdownText.of(one)));
    line();
  }

  private void costs() {
    if (report.costs().isEmpty()) {
      return;
    }
    line("## Cost");
    line();
    line("| Step | Tokens | USD |");
    line("| --- | --- | --- |");
    report
        .costs()
        .forEach(cost ->
            line(
                String.format(
                    Locale.ROOT,
                    "| %s | %,d | %s |",
                    MarkdownText.of(cost.step()),
                    cost.tokens(),
                    cost.usd().map(BigDecimal::toPlainString).orElse(UNKNOWN))));
    line(
        String.format(
            Locale.ROOT,
            "| together | %,d | %s |",
            report.costs().stream().mapToLong(Report.Cost::tokens).sum(),
            together()));
    line();
  }

  /// The sum, as far as the prices are known.
  private String together() {
    var known =
        report.costs().stream()
            .flatMap(cost -> cost.usd().stream())
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    if (report.costs().stream().allMatch(cost -> cost.usd().isPresent())) {
      return known.toPlainString();
    }
    return known.signum() == 0 ? UNKNOWN : "%s and unknown".formatted(known.toPlainString());
  }

  private void unread() {
    if (report.unread().isEmpty()) {
      return;
    }
    line("## Not read");
    line();
    report
        .unread()
        .forEach(one ->
            line(
                "- %s: %s"
                    .formatted(
                        references.place(one.url(), one.url()), MarkdownText.of(one.problem()))));
    line();
  }

  private void method() {
    line("---");
    line();
    line(
        "quotes %d/%d verbatim · sources %d · questions answered %d/%d · planner=%s · writer=%s · retrieval=%s"
            .formatted(
                report.checks().verbatim(),
                report.checks().quotes(),
                report.sources().size(),
                report.checks().answered(),
                report.checks().questions(),
                report.method().planner(),
                writer(),
                report.method().retrieval()
                    + (report.method().retrieval().equals("bm25")
                        ? " (no embedding model was used)"
                        : "")));
    line();
    line(
        String.format(
            Locale.ROOT,
            "Searched %s, %s%s%s%s.",
            Plural.of(report.searched().documents(), "document"),
            Plural.of(report.searched().passages(), "passage"),
            report.searched().folders().isEmpty()
                ? ""
                : " in "
                    + report.searched().folders().stream()
                        .map(MarkdownText::of)
                        .collect(Collectors.joining(", ")),
            report.checks().removed() == 0
                ? ""
                : "; removed %s that did not verify"
                    .formatted(Plural.of(report.checks().removed(), "quote")),
            report.checks().leftOut() == 0
                ? ""
                : "; not looked at: %s of the prompt"
                    .formatted(Plural.of(report.checks().leftOut(), "more question"))));
    report
        .searched()
        .web()
        .ifPresent(web -> {
          line();
          line(
              "Searched the web %s in %s and read %s; stopped because %s."
                  .formatted(
                      Plural.of(web.queries().size(), "time"),
                      Plural.of(web.rounds(), "round"),
                      Plural.of(web.fetched(), "page"),
                      MarkdownText.of(web.stopped())));
        });
  }

  /// Who wrote the report, and what part a language model had in it.
  private String writer() {
    var method = report.method();
    return method
        .model()
        .map(model ->
            "model (%s; %s, %d flagged, %s removed%s)"
                .formatted(
                    MarkdownText.of(model),
                    Plural.of(report.checks().statements(), "statement"),
                    report.checks().flagged(),
                    Plural.of(report.checks().unsupported(), "unsupported one", "unsupported ones"),
                    method.searching() == ModelPart.USED ? "; it also proposed searches" : ""))
        .orElseGet(() -> "%s (%s)".formatted(method.writer(), withoutModel(method)));
  }

  private static String withoutModel(Report.Method method) {
    return switch (method.searching()) {
      case USED ->
          method.writing() == ModelPart.NONE
              ? "a language model proposed searches and wrote nothing"
              : "a language model proposed searches; nothing it wrote is used";
      case UNUSED -> "a language model was asked, and nothing of it is used";
      case NONE ->
          method.writing() == ModelPart.NONE
              ? "no language model was used"
              : "a language model was asked, and nothing of it is used";
    };
  }

  private static String words(List<String> words) {
    return words.stream()
        .map(word -> "“" + MarkdownText.of(word) + "”")
        .collect(Collectors.joining(", "));
  }

  private static String text(Evidence evidence) {
    return MarkdownText.of(evidence.quote());
  }

  private String cited(Evidence evidence) {
    return references.citation(evidence.source());
  }

  private void line(String text) {
    out.append(text).append('\n');
  }

  private void line() {
    out.append('\n');
  }
}
