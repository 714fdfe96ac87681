/// Language models: prompts, answers, and what they cost.
@NullMarked
package dev.errand.handlers.model;

import org.jspecify.annotations.NullMarked;
