package dev.errand.handlers.research;

import dev.errand.handlers.corpus.Library;
import dev.errand.handlers.corpus.StoredDocument;
import dev.errand.handlers.research.Report.Section;
import dev.errand.handlers.research.Report.Source;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Questions that what was found suggests: contradictions to settle, and what the quoted documents
/// say nearby.
final class FollowUps {
  private static final int MOST = 4;
  private static final int LONGEST = 80;

  private FollowUps() {}

  static List<String> of(
      List<Section> sections, List<Source> sources, Ranked ranked, Library library)
      throws IOException {
    var questions = new LinkedHashSet<String>();
    for (var section : sections) {
      if (!section.disagreements().isEmpty()) {
        questions.add(
            "The sources differ on “%s”: which of them is right, and as of when?"
                .formatted(Excerpts.line(section.question())));
      }
    }
    for (int i = 0; i < sections.size(); i++) {
      nearby(sections.get(i), sources, ranked.questions().get(i), library, questions);
    }
    return questions.stream().limit(MOST).toList();
  }

  /// Headings of passages that were near to the question and are not quoted.
  private static void nearby(
      Section section,
      List<Source> sources,
      Ranked.Passages passages,
      Library library,
      Set<String> questions)
      throws IOException {
    if (!section.answered()) {
      return;
    }
    Set<String> quoted =
        sources.stream().map(Source::location).collect(Collectors.toCollection(HashSet::new));
    Set<String> shown =
        section.claims().stream()
            .flatMap(claim -> claim.headings().stream())
            .map(heading -> heading.toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    for (var passage : passages.best()) {
      var document =
          quoted.contains(passage.location())
              ? library.document(passage.location()).orElse(null)
              : null;
      if (document != null && document.textSha256().equals(passage.textSha256())) {
        about(document, passage, shown).ifPresent(questions::add);
      }
    }
  }

  private static Optional<String> about(
      StoredDocument document, Ranked.Passage passage, Set<String> shown) {
    var title = Excerpts.line(String.valueOf(document.content().title()));
    return Excerpts.headings(document, passage.start()).reversed().stream()
        .map(Excerpts::line)
        .filter(heading -> !heading.isEmpty() && heading.length() <= LONGEST)
        .filter(heading -> !heading.equalsIgnoreCase(title))
        .filter(heading -> shown.add(heading.toLowerCase(Locale.ROOT)))
        .findFirst()
        .filter(_ -> document.content().title() != null && title.length() <= LONGEST)
        .map(heading -> "What does “%s” say about “%s”?".formatted(title, heading));
  }
}
