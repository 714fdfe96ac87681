/// The door to tasks.
@NullMarked
package dev.errand.server.task;

import org.jspecify.annotations.NullMarked;
