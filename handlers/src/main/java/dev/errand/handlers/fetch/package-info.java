/// Fetches pages of the public web, and nothing else: every address is checked where it is
/// resolved.
@NullMarked
package dev.errand.handlers.fetch;

import org.jspecify.annotations.NullMarked;
