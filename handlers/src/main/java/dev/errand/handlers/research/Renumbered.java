package dev.errand.handlers.research;

import dev.errand.handlers.research.Report.Claim;
import dev.errand.handlers.research.Report.Disagreement;
import dev.errand.handlers.research.Report.Evidence;
import dev.errand.handlers.research.Report.Figure;
import dev.errand.handlers.research.Report.Section;
import dev.errand.handlers.research.Report.Source;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A report's sections and sources, the sources numbered in the order in which they are first
/// quoted, and none among them that is not.
record Renumbered(List<Section> sections, List<Source> sources) {

  static Renumbered of(List<Section> sections, List<Source> sources) {
    var numbers = new LinkedHashMap<Integer, Integer>();
    for (var section : sections) {
      for (var quote : section.quotes()) {
        numbers.putIfAbsent(quote.source(), numbers.size() + 1);
      }
    }
    return new Renumbered(
        sections.stream().map(section -> section(section, numbers)).toList(),
        sources.stream()
            .filter(source -> numbers.containsKey(source.number()))
            .map(source -> source(source, number(source.number(), numbers)))
            .sorted(Comparator.comparingInt(Source::number))
            .toList());
  }

  private static int number(int old, Map<Integer, Integer> numbers) {
    return Objects.requireNonNull(numbers.get(old));
  }

  private static Section section(Section section, Map<Integer, Integer> numbers) {
    return new Section(
        section.question(),
        section.type(),
        section.support(),
        section.claims().stream().map(claim -> claim(claim, numbers)).toList(),
        section.unknown(),
        section.disagreements().stream()
            .map(one -> new Disagreement(evidence(one.statements(), numbers)))
            .toList(),
        section.figures().stream()
            .map(figure ->
                new Figure(figure.figure(), number(figure.source(), numbers), figure.claim()))
            .toList(),
        section.written());
  }

  private static Claim claim(Claim claim, Map<Integer, Integer> numbers) {
    return new Claim(
        claim.id(),
        claim.score(),
        claim.headings(),
        evidence(claim.evidence(), numbers),
        evidence(claim.also(), numbers));
  }

  private static List<Evidence> evidence(List<Evidence> evidence, Map<Integer, Integer> numbers) {
    return evidence.stream()
        .map(one ->
            new Evidence(
                number(one.source(), numbers),
                one.start(),
                one.end(),
                one.sha256(),
                one.form(),
                one.quote()))
        .toList();
  }

  private static Source source(Source source, int number) {
    return new Source(
        number,
        source.location(),
        source.name(),
        source.title(),
        source.published(),
        source.sha256(),
        source.textSha256(),
        source.fetchedAt(),
        source.score(),
        source.reasons());
  }
}
