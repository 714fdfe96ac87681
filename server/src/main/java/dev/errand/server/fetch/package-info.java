/// The door for fetching a page.
@NullMarked
package dev.errand.server.fetch;

import org.jspecify.annotations.NullMarked;
