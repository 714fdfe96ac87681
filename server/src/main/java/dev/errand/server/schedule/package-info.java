/// The door for schedules.
@NullMarked
package dev.errand.server.schedule;

import org.jspecify.annotations.NullMarked;
