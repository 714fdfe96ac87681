/// The search engines that can be asked, each in its own words.
@NullMarked
package dev.errand.handlers.search.provider;

import org.jspecify.annotations.NullMarked;
