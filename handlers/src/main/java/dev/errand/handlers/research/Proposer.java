package dev.errand.handlers.research;

import dev.errand.handlers.model.AnswerSchema;
import dev.errand.handlers.model.AnswerSchema.Reading;
import dev.errand.handlers.model.Prompt;
import dev.errand.handlers.research.Report.Cost;
import dev.errand.handlers.research.Report.Query;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Asks the model what to search for next. It sees the questions and the earlier queries, and
/// nothing that was found.
final class Proposer {
  private static final AnswerSchema SCHEMA =
      AnswerSchema.beside(Proposer.class, "research_queries");

  private final ModelCalls model;

  Proposer(ModelCalls model) {
    this.model = model;
  }

  /// @param queries by number of the question; empty when the model gave no usable answer
  /// @param warning why it gave none; absent when it did
  record Proposal(Map<Integer, List<String>> queries, List<Cost> costs, Optional<String> warning) {}

  Proposal propose(
      String label, List<Integer> open, List<Question> questions, List<Query> tried, int most)
      throws Exception {
    var conversation = model.about(label);
    var prompt = prompt(open, questions, tried, most);
    var reply = conversation.ask(prompt);
    if (reply.isEmpty()) {
      return rules(conversation, conversation.problem());
    }
    return switch (prompt.schema().read(reply.get().text().orElse(""))) {
      case Reading.Valid(var answer) ->
          new Proposal(queries(answer, open, most), conversation.costs(), Optional.empty());
      case Reading.Invalid(var errors) -> rules(conversation, String.join("; ", errors));
    };
  }

  private static Proposal rules(ModelCalls.Conversation conversation, String problem) {
    return new Proposal(
        Map.of(),
        conversation.costs(),
        Optional.of("Rules chose what to search for next, not the language model: " + problem));
  }

  private static Prompt prompt(
      List<Integer> open, List<Question> questions, List<Query> tried, int most) {
    var asked =
        open.stream()
            .map(number ->
                "%d. %s".formatted(number, Excerpts.line(questions.get(number - 1).text())))
            .collect(Collectors.joining("\n"));
    var before =
        tried.stream()
            .map(query -> "- %s (%s)".formatted(query.query(), Plural.of(query.hits(), "hit")))
            .collect(Collectors.joining("\n"));
    return new Prompt(
        """
        You plan searches on the web. For each open question propose up to %d short queries that a \
        search engine understands, other than those that were tried. Name the question by its number.\
        """
            .formatted(most),
        "Open questions:\n%s\n\nTried:\n%s".formatted(asked, before),
        SCHEMA,
        Optional.empty());
  }

  private static Map<Integer, List<String>> queries(
      ObjectNode answer, List<Integer> open, int most) {
    var queries = new LinkedHashMap<Integer, List<String>>();
    for (JsonNode one : answer.get("queries")) {
      int number = one.get("question").asInt(0);
      var query = WebSearch.fitted(one.get("query").asString(""));
      var some = queries.computeIfAbsent(number, _ -> new ArrayList<>());
      if (open.contains(number) && some.size() < most && WebSearch.takes(query)) {
        some.add(query);
      }
    }
    return queries;
  }
}
