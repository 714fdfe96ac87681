/// Runs Errand beside other queues, on one PostgreSQL and in one run, and prints ratios.
@NullMarked
package dev.errand.bench.peer;

import org.jspecify.annotations.NullMarked;
