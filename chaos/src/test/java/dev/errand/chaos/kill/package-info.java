/// Real server processes that are killed at random moments, and the count of what they promised.
@NullMarked
package dev.errand.chaos.kill;

import org.jspecify.annotations.NullMarked;
