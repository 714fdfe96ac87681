/// The script `./errand`, run for real in a project of stand-ins.
@NullMarked
package dev.errand.cli.launcher;

import org.jspecify.annotations.NullMarked;
