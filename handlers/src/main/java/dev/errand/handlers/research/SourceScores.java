package dev.errand.handlers.research;

import dev.errand.handlers.research.Report.Evidence;
import dev.errand.handlers.research.Report.Section;
import dev.errand.handlers.research.Report.Source;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Scores the sources of a report by how much of it rests on each, and says why.
final class SourceScores {
  private static final double MENTION = 0.5;

  private final List<Section> sections;
  private final Explored explored;

  SourceScores(List<Section> sections, Explored explored) {
    this.sections = sections;
    this.explored = explored;
  }

  Source scored(Source source) {
    long answered = sections.stream().filter(Section::answered).count();
    long direct = sections.stream().filter(section -> leads(source, section)).count();
    long named = sections.stream().filter(section -> isQuoted(source, section)).count();
    double support =
        sections.stream()
            .mapToDouble(section ->
                section.support()
                    * (leads(source, section) ? 1 : isQuoted(source, section) ? MENTION : 0))
            .sum();
    var published = published(source);
    var reasons = new ArrayList<String>();
    reasons.add(
        String.format(
            Locale.ROOT,
            "answers %d of %s directly, quoted for %d",
            direct,
            Plural.of(sections.size(), "question"),
            named));
    reasons.add(Plural.of(quotes(source), "quote"));
    reasons.add(published.map(date -> "dated " + ShownDate.of(date).text()).orElse("undated"));
    chosen(source).ifPresent(one -> reasons.addAll(one.reasons()));
    return new Source(
        source.number(),
        source.location(),
        source.name(),
        source.title(),
        published,
        source.sha256(),
        source.textSha256(),
        source.fetchedAt(),
        Optional.of(Rounded.of(answered == 0 ? 0 : Math.min(1, support / answered))),
        Optional.of(reasons));
  }

  private Optional<PageChoice.Chosen> chosen(Source source) {
    return Optional.ofNullable(explored.chosen().get(source.location()));
  }

  /// As the page says it, or else as the search engine that found it does.
  private Optional<String> published(Source source) {
    return source
        .published()
        .or(() ->
            chosen(source)
                .flatMap(PageChoice.Chosen::published)
                .map(at -> LocalDate.ofInstant(at, ZoneOffset.UTC).toString()));
  }

  private static boolean leads(Source source, Section section) {
    return section.answered() && section.claims().getFirst().first().source() == source.number();
  }

  private static boolean isQuoted(Source source, Section section) {
    return section.quotes().stream().anyMatch(quote -> quote.source() == source.number());
  }

  private long quotes(Source source) {
    return sections.stream()
        .flatMap(section -> section.quotes().stream())
        .filter(quote -> quote.source() == source.number())
        .map(Evidence::sha256)
        .distinct()
        .count();
  }
}
