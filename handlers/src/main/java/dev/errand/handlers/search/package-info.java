/// Search tasks: several search engines asked at once, their results merged.
@NullMarked
package dev.errand.handlers.search;

import org.jspecify.annotations.NullMarked;
