/// One-time researches of Cloud Tasks, and those on a schedule of Cloud Scheduler.
@NullMarked
package dev.errand.server.compat.researches;

import org.jspecify.annotations.NullMarked;
