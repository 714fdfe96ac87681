/// The adapters to the search engines, each in its own protocol.
@NullMarked
package dev.errand.handlers.search.provider;

import org.jspecify.annotations.NullMarked;
