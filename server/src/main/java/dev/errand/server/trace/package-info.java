/// Ties a request to what it causes.
@NullMarked
package dev.errand.server.trace;

import org.jspecify.annotations.NullMarked;
