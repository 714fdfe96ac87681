/// Folders and fetched pages as a searchable library of passages, each with its offsets in a stored
/// text.
@NullMarked
package dev.errand.handlers.corpus;

import org.jspecify.annotations.NullMarked;
