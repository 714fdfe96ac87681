/// The `errand` command line: reads what was typed, runs the command, explains what went wrong.
@NullMarked
package dev.errand.cli;

import org.jspecify.annotations.NullMarked;
