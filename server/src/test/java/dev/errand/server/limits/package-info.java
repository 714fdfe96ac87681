/// Tests of how submissions are counted.
@NullMarked
package dev.errand.server.limits;

import org.jspecify.annotations.NullMarked;
