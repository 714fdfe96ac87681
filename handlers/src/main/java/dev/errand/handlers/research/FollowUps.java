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
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Questions that a reader might ask next: contradictions to settle, and the headings near what is
/// quoted.
final class FollowUps {
  private static final int MOST = 4;
  private static final int LONGEST = 80;
  private static final Pattern NUMBERING =
      Pattern.compile("^(?:\\(?(?:\\d+(?:\\.\\d+)*|[A-Z])[.)]|\\d+(?:\\.\\d+)+|\\d+)\\s+");
  private static final Pattern ASKS =
      Pattern.compile(
          "(?i)^(?:how|why|when|where|who|whose|which|what|is|are|can|does|do|should|will)\\b.*");

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

  /// Headings of passages that were close to the question and are not quoted.
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
            .map(heading -> plain(heading).toLowerCase(Locale.ROOT))
            .collect(Collectors.toCollection(HashSet::new));
    shown.add(section.question().toLowerCase(Locale.ROOT));
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
        .map(FollowUps::plain)
        .filter(heading -> !heading.isEmpty() && heading.length() <= LONGEST)
        .filter(heading -> !heading.equalsIgnoreCase(title))
        .filter(heading -> shown.add(heading.toLowerCase(Locale.ROOT)))
        .findFirst()
        .filter(_ -> document.content().title() != null && title.length() <= LONGEST)
        .map(heading -> question(heading, title));
  }

  /// On one line, without its number.
  private static String plain(String heading) {
    return NUMBERING.matcher(Excerpts.line(heading)).replaceFirst("");
  }

  /// A heading that asks is a question already.
  private static String question(String heading, String title) {
    if (heading.endsWith("?")) {
      return heading;
    }
    return ASKS.matcher(heading).matches()
        ? heading + "?"
        : "What does “%s” say about “%s”?".formatted(title, heading);
  }
}
