/// Everything a caller is refused with, as RFC 9457 problem details.
@NullMarked
package dev.errand.server.problem;

import org.jspecify.annotations.NullMarked;
