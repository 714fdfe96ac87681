/// The doors for operators: queues and workers.
@NullMarked
package dev.errand.server.queue;

import org.jspecify.annotations.NullMarked;
