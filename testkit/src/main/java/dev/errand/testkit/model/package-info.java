/// Random operations on a store and on the reference side by side, and what to say when they
/// disagree.
@NullMarked
package dev.errand.testkit.model;

import org.jspecify.annotations.NullMarked;
