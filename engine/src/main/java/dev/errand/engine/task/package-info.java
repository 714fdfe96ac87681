/// What callers asked for: submitting, finding, listing, cancelling and retrying tasks.
@NullMarked
package dev.errand.engine.task;

import org.jspecify.annotations.NullMarked;
