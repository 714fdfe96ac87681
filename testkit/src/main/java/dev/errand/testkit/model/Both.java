package dev.errand.testkit.model;

/// What the store under test has or says, and what the reference does.
record Both<T>(T subject, T reference) {}
