/// Asks several search engines at once and makes one list of what they find.
@NullMarked
package dev.errand.handlers.search;

import org.jspecify.annotations.NullMarked;
