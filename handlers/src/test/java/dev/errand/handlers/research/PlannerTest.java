package dev.errand.handlers.research;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlannerTest {
  @Test
  void lists_lines_and_sentences_are_questions_of_their_own() {
    assertThat(questions("1. What is WAL?\n- How large is a page? When was it released?\n• Why?"))
        .containsExactly("What is WAL?", "How large is a page?", "When was it released?");
  }

  @Test
  void questions_joined_by_and_are_two() {
    assertThat(questions("What is a savepoint and when should I use it?"))
        .containsExactly("What is a savepoint", "when should I use it?");
  }

  @Test
  void a_question_that_points_back_is_searched_with_what_was_asked_before() {
    var plan = Planner.plan("What is a savepoint? When should I release it?");
    assertThat(plan.questions().getLast().context()).containsExactly("savepoint");
  }

  @Test
  void what_is_said_around_a_question_is_its_background() {
    var plan = Planner.plan("We store photos on phones. How large may a database be?");
    assertThat(plan.questions()).hasSize(1);
    assertThat(plan.questions().getFirst().context()).contains("photo", "phone");
  }

  @Test
  void a_topic_without_a_question_is_one() {
    assertThat(questions("Write-ahead logging on network drives."))
        .containsExactly("Write-ahead logging on network drives.");
  }

  @Test
  void questions_beyond_the_most_are_counted() {
    var plan = Planner.plan("What is a page?\n".repeat(23));
    assertThat(plan.questions()).hasSize(Planner.MOST_QUESTIONS);
    assertThat(plan.leftOut()).isEqualTo(3);
  }

  @Test
  void words_that_only_ask_are_no_terms() {
    var question = Planner.plan("How many columns can a table have?").questions().getFirst();
    assertThat(question.terms()).containsExactly("column", "tabl");
    assertThat(question.pairs()).containsExactly("column tabl");
    assertThat(question.hints()).contains("maximum", "limit");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          How many columns can a table have?        | QUANTITY
          What is the maximum size of a blob?       | QUANTITY
          When was version 3 released?              | DATE
          Since which version are tables strict?    | DATE
          When should I use WAL?                    | CONDITION
          Why is NULL allowed?                      | REASON
          How do I open a file?                     | METHOD
          How does VACUUM work?                     | EXPLANATION
          What is a savepoint?                      | DEFINITION
          What is the default threading mode?       | DEFINITION
          What is the difference between A and B?   | COMPARISON
          Which files are written?                  | LIST
          Who wrote it?                             | PERSON
          Where is it stored?                       | PLACE
          Can two processes write?                  | YES_NO
          Wie groß darf eine Datei sein?            | ANY
          """)
  void questions_are_told_apart_by_what_would_answer_them(String question, AnswerType type) {
    assertThat(AnswerType.of(question)).isEqualTo(type);
  }

  private static List<String> questions(String prompt) {
    return Planner.plan(prompt).questions().stream().map(Question::text).toList();
  }
}
