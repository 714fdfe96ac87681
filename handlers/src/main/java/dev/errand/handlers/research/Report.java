package dev.errand.handlers.research;

import dev.errand.engine.budget.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A report as data: every claim with the places that say it, word for word.
///
/// @param version of this layout
/// @param followUps questions that a reader might ask next
/// @param unread pages that could not be read
/// @param warnings what went otherwise than it should have, for people
/// @param costs of what was paid for, step by step
public record Report(
    int version,
    String prompt,
    List<Section> sections,
    List<Source> sources,
    List<String> followUps,
    List<Unread> unread,
    List<String> warnings,
    List<Cost> costs,
    Searched searched,
    Method method,
    Checks checks) {
  static final int VERSION = 3;

  /// What was found on one question.
  ///
  /// @param support 0 to 1: how sure it is that the sources answer the question
  /// @param claims the direct answer first; none when the question is not answered
  /// @param unknown words of the question that occur in no document
  /// @param disagreements places that say nearly the same with other numbers
  /// @param written what a language model says over the claims; absent where quotes stand alone
  public record Section(
      String question,
      AnswerType type,
      double support,
      List<Claim> claims,
      List<String> unknown,
      List<Disagreement> disagreements,
      List<Figure> figures,
      Optional<Written> written) {

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

  /// @param statements one or more
  public record Written(String model, List<Statement> statements) {}

  /// A sentence of a language model that was checked against the claims it cites.
  ///
  /// @param evidence ids of claims in the same section, one or more
  /// @param support 0 to 1: the share of its words that the claims' quotes hold in the same order
  /// @param doubt why a reader should look twice, absent when there is no reason
  public record Statement(
      String text, List<String> evidence, double support, Optional<String> doubt) {}

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
  /// @param score 0 to 1: how much of the report rests on it; absent in a draft
  /// @param reasons for the score and for having chosen it; absent in a draft
  public record Source(
      int number,
      String location,
      String name,
      Optional<String> title,
      Optional<String> published,
      String sha256,
      String textSha256,
      Optional<Instant> fetchedAt,
      Optional<Double> score,
      Optional<List<String>> reasons) {}

  public record Unread(String url, String problem) {}

  /// @param skipped number of files passed over, by reason
  /// @param unreadable files in which nothing could be read
  public record Searched(
      List<String> folders,
      int documents,
      int passages,
      int unreadable,
      Map<String, Integer> skipped,
      Optional<Web> web) {}

  /// How pages were looked for.
  ///
  /// @param stopped why no more was looked for
  public record Web(int rounds, List<Query> queries, int fetched, String stopped) {}

  /// @param question number of the question it was for, from 1
  public record Query(int round, int question, String query, int hits) {}

  /// What one call cost.
  ///
  /// @param step it was made in, such as `compose:1`
  /// @param usd absent where the prices are not known
  public record Cost(String step, long tokens, Optional<BigDecimal> usd) {

    /// @param priced whether the model's prices are known
    static Cost of(String step, ModelCalls.Reply reply, boolean priced) {
      return new Cost(
          step,
          reply.tokens(),
          priced || reply.tokens() == 0
              ? Optional.of(new Money(reply.microDollars()).dollars())
              : Optional.empty());
    }
  }

  /// @param planner `rules`, or `given` where the caller gave the plan
  /// @param writer `extractive`, or `model` where a language model wrote at least one section
  /// @param model that wrote, absent where none did
  /// @param searching what a model had to do with the choice of what to search for
  /// @param writing what a model had to do with the text
  public record Method(
      String planner,
      String writer,
      Optional<String> model,
      ModelPart searching,
      ModelPart writing,
      String retrieval,
      Depth depth,
      ReportType reportType) {}

  /// @param verbatim quotes found again, character for character, where the report says they are
  /// @param removed quotes that were not, and are not in the report
  /// @param statements of a language model that are in the report
  /// @param flagged of them, those that the evidence supports only weakly
  /// @param unsupported statements that no evidence supports, and that are not in the report
  /// @param leftOut questions of the prompt beyond the most that are answered
  public record Checks(
      int quotes,
      int verbatim,
      int removed,
      int statements,
      int flagged,
      int unsupported,
      int questions,
      int answered,
      int leftOut) {}
}
