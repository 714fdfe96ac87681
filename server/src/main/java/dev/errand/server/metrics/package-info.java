/// What monitoring asks of a server.
@NullMarked
package dev.errand.server.metrics;

import org.jspecify.annotations.NullMarked;
