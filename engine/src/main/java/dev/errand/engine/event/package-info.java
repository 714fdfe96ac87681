/// Numbered facts about a task, and following them live.
@NullMarked
package dev.errand.engine.event;

import org.jspecify.annotations.NullMarked;
