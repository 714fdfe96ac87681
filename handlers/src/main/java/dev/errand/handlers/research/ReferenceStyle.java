package dev.errand.handlers.research;

import dev.errand.handlers.read.MarkdownLink;
import java.util.Locale;

/// How a report's Markdown refers to its sources: as plain text, or with links that [HtmlReport]
/// turns into HTML's own elements.
sealed interface ReferenceStyle {
  int SHOWN_OF_HASH = 12;

  /// A reference to an entry in the list of sources.
  String citation(int source);

  /// The mark before that entry.
  String entry(int source);

  /// A link to a page of the web; another location, such as a file, stays text.
  ///
  /// @param name the text that is shown
  String place(String name, String location);

  String date(String said);

  String hash(String sha256);

  /// A reference to a section of the report.
  ///
  /// @param number from 1
  String section(int number, String question);

  private static String shortened(String sha256) {
    return sha256.substring(0, Math.min(SHOWN_OF_HASH, sha256.length())) + "…";
  }

  /// For readers of the Markdown itself.
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

  /// For the HTML that is made of the Markdown. Text of a source cannot form such links, because
  /// its brackets are escaped.
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
