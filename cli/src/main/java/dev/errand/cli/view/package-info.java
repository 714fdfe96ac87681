/// What a person sees: the terminal, live progress, and tasks in words.
@NullMarked
package dev.errand.cli.view;

import org.jspecify.annotations.NullMarked;
