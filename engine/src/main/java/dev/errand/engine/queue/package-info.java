/// Queues: named lanes of work that can be paused and limited.
@NullMarked
package dev.errand.engine.queue;

import org.jspecify.annotations.NullMarked;
