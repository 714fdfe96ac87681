/// Language models: what is asked of them, what they answer, and what that takes.
@NullMarked
package dev.errand.handlers.model;

import org.jspecify.annotations.NullMarked;
