package dev.errand.handlers.research;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A report as data: every claim with the places that say it, word for word.
///
/// @param version of this layout
/// @param unread pages that could not be read
public record Report(
    int version,
    String prompt,
    List<Section> sections,
    List<Source> sources,
    List<Unread> unread,
    Searched searched,
    Method method,
    Checks checks) {
  static final int VERSION = 1;

  /// What was found on one question.
  ///
  /// @param support 0 to 1: how sure it is that the sources answer the question
  /// @param claims the direct answer first; none when the question is not answered
  /// @param unknown words of the question that occur in no document
  /// @param disagreements places that say nearly the same with other numbers
  public record Section(
      String question,
      AnswerType type,
      double support,
      List<Claim> claims,
      List<String> unknown,
      List<Disagreement> disagreements,
      List<Figure> figures) {

    boolean answered() {
      return !claims.isEmpty();
    }

    /// All quotes of the section, in order.
    List<Evidence> quotes() {
      var quotes = new ArrayList<Evidence>();
      for (var claim : claims) {
        quotes.addAll(claim.evidence());
        quotes.addAll(claim.also());
      }
      disagreements.forEach(one -> quotes.addAll(one.statements()));
      return quotes;
    }
  }

  /// One or several quotes that belong together, such as a sentence and the list it introduces.
  ///
  /// @param id of the claim within the report, such as `2.1`
  /// @param also where nearly the same is said
  public record Claim(
      String id,
      double score,
      List<String> headings,
      List<Evidence> evidence,
      List<Evidence> also) {

    Evidence first() {
      return evidence.getFirst();
    }
  }

  /// A stretch of a source, word for word.
  ///
  /// @param source number of the source
  /// @param start offset of its first character in the source's text, in UTF-16 units
  /// @param end offset after its last character
  /// @param sha256 of the quote as UTF-8
  public record Evidence(int source, int start, int end, String sha256, Form form, String quote) {}

  public enum Form {
    SENTENCE,
    LIST_ITEM,
    CODE
  }

  public record Disagreement(List<Evidence> statements) {}

  /// A number, date or version that answers a question which asks for one.
  public record Figure(String figure, int source, String claim) {}

  /// A document that is quoted.
  ///
  /// @param location a file's absolute path or a page's address
  /// @param name what a person would call it: a path below the folder that was searched, an address
  /// @param published as the source says it
  /// @param sha256 of the bytes that were read
  /// @param textSha256 of the text in them as UTF-8, into which all offsets point
  /// @param fetchedAt when a page was fetched; absent for files
  public record Source(
      int number,
      String location,
      String name,
      Optional<String> title,
      Optional<String> published,
      String sha256,
      String textSha256,
      Optional<Instant> fetchedAt) {}

  public record Unread(String url, String problem) {}

  /// @param skipped number of files passed over, by reason
  /// @param unreadable files in which nothing could be read
  public record Searched(
      List<String> folders,
      int documents,
      int passages,
      int unreadable,
      Map<String, Integer> skipped) {}

  public record Method(String planner, String writer, String retrieval, Depth depth) {}

  /// @param verbatim quotes found again, character for character, where the report says they are
  /// @param removed quotes that were not, and are not in the report
  /// @param leftOut questions of the prompt beyond the most that are answered
  public record Checks(
      int quotes, int verbatim, int removed, int questions, int answered, int leftOut) {}
}
