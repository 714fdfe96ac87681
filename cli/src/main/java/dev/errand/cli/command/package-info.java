/// The commands, one class each, and what they share: options, help and exit codes.
@NullMarked
package dev.errand.cli.command;

import org.jspecify.annotations.NullMarked;
