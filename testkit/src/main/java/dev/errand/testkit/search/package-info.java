/// Servers that stand where search engines would, for tests and for trying things out without keys.
@NullMarked
package dev.errand.testkit.search;

import org.jspecify.annotations.NullMarked;
