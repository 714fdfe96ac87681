package dev.errand.handlers.research;

import dev.errand.handlers.read.MarkdownLink;
import java.util.Locale;

/// How a report's Markdown points at its sources: in words, or with links that [HtmlReport] turns
/// into what HTML has for it.
sealed interface ReferenceStyle {
  int SHOWN_OF_HASH = 12;

  /// At an entry of the list of sources.
  String citation(int source);

  /// Before that entry.
  String entry(int source);

  /// At a page of the web; what is none, such as a file, stays text.
  ///
  /// @param name what is shown
  String place(String name, String location);

  String date(String said);

  String hash(String sha256);

  /// At a section of the report.
  ///
  /// @param number from 1
  String section(int number, String question);

  private static String shortened(String sha256) {
    return sha256.substring(0, Math.min(SHOWN_OF_HASH, sha256.length())) + "…";
  }

  /// For those who read the Markdown itself.
  record Plain() implements ReferenceStyle {
    @Override
    public String citation(int source) {
      return "[%d]".formatted(source);
    }

    @Override
    public String entry(int source) {
      return citation(source);
    }

    @Override
    public String place(String name, String location) {
      return MarkdownText.of(name);
    }

    @Override
    public String date(String said) {
      return MarkdownText.of(ShownDate.of(said).text());
    }

    @Override
    public String hash(String sha256) {
      return shortened(sha256);
    }

    @Override
    public String section(int number, String question) {
      return MarkdownText.of(question);
    }
  }

  /// For what is made of the Markdown. No text of a source can have such links, for its brackets
  /// are escaped.
  record Linked() implements ReferenceStyle {
    static final String SOURCE = "#source-";
    static final String ENTRY = "#entry-";
    static final String DATE = "#date-";
    static final String HASH = "#sha256-";
    static final String SECTION = "#part-";

    @Override
    public String citation(int source) {
      return "[\\[%d\\]](%s%d)".formatted(source, SOURCE, source);
    }

    @Override
    public String entry(int source) {
      return "[\\[%d\\]](%s%d)".formatted(source, ENTRY, source);
    }

    @Override
    public String place(String name, String location) {
      var address = location.toLowerCase(Locale.ROOT);
      return address.startsWith("http://") || address.startsWith("https://")
          ? "[%s](%s)".formatted(MarkdownText.of(name), MarkdownLink.destination(location))
          : MarkdownText.of(name);
    }

    @Override
    public String date(String said) {
      var date = ShownDate.of(said);
      return date.iso()
          .map(iso -> "[%s](%s%s)".formatted(date.text(), DATE, iso))
          .orElseGet(() -> MarkdownText.of(date.text()));
    }

    @Override
    public String hash(String sha256) {
      return "[%s](%s%s)".formatted(shortened(sha256), HASH, sha256);
    }

    @Override
    public String section(int number, String question) {
      return "[%s](%s%d)".formatted(MarkdownText.of(question), SECTION, number);
    }
  }
}
