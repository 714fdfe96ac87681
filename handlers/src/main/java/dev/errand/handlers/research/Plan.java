package dev.errand.handlers.research;

import java.util.List;

/// The questions a prompt asks, in order.
///
/// @param leftOut questions beyond the most that are answered
record Plan(List<Question> questions, int leftOut) {
  Plan {
    questions = List.copyOf(questions);
  }
}
