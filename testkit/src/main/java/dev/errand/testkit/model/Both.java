package dev.errand.testkit.model;

import java.util.function.Function;

/// What the store under test has or says, and what the reference does.
record Both<T>(T subject, T reference) {

  <R> Both<R> map(Function<T, R> part) {
    return new Both<>(part.apply(subject), part.apply(reference));
  }
}
