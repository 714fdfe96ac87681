/// Measures Errand as its users meet it: processes, commands and reports, timed from outside.
@NullMarked
package dev.errand.bench;

import org.jspecify.annotations.NullMarked;
