/// A server that stands where a language model would.
@NullMarked
package dev.errand.testkit.llm;

import org.jspecify.annotations.NullMarked;
