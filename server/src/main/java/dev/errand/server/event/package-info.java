/// The doors that show what happened to a task, and what happens.
@NullMarked
package dev.errand.server.event;

import org.jspecify.annotations.NullMarked;
