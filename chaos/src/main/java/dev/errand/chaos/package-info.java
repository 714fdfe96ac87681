/// Real servers, workers and a real PostgreSQL that are struck at random, and the count of what
/// they promised.
@NullMarked
package dev.errand.chaos;

import org.jspecify.annotations.NullMarked;
