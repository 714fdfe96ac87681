/// Blog posts that are written while the caller waits or does something else.
@NullMarked
package dev.errand.server.compat.blog;

import org.jspecify.annotations.NullMarked;
