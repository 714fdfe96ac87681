/// The worker: claims tasks, runs attempts on virtual threads, keeps leases alive.
@NullMarked
package dev.errand.engine.worker;

import org.jspecify.annotations.NullMarked;
