/// Named bytes that belong to a task: their description and where they are kept.
@NullMarked
package dev.errand.engine.artifact;

import org.jspecify.annotations.NullMarked;
