/// The reader: turns pages and files of any kind into clean, structured text.
@NullMarked
package dev.errand.handlers.read;

import org.jspecify.annotations.NullMarked;
