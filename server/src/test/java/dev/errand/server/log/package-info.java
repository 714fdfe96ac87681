/// Tests of what is logged, and where.
@NullMarked
package dev.errand.server.log;

import org.jspecify.annotations.NullMarked;
