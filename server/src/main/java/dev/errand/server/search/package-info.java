/// The doors for searching.
@NullMarked
package dev.errand.server.search;

import org.jspecify.annotations.NullMarked;
