/// When schedules are due, and that they fire then.
@NullMarked
package dev.errand.testkit.schedule;

import org.jspecify.annotations.NullMarked;
