/// Doors for those who come from other systems: their paths, their field names, their status words,
/// our tasks. Nothing is kept for them. `docs/guides/coming-from.md` says which systems.
@NullMarked
package dev.errand.server.compat;

import org.jspecify.annotations.NullMarked;
