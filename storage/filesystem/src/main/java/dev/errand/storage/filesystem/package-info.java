/// Artifacts as files in a directory.
@NullMarked
package dev.errand.storage.filesystem;

import org.jspecify.annotations.NullMarked;
