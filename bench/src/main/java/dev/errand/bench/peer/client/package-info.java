/// One process of a comparison: it produces jobs with a queue, works them off, or both.
@NullMarked
package dev.errand.bench.peer.client;

import org.jspecify.annotations.NullMarked;
