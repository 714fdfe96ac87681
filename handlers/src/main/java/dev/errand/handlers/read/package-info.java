/// Turns pages and files of any kind into clean text with structure.
@NullMarked
package dev.errand.handlers.read;

import org.jspecify.annotations.NullMarked;
