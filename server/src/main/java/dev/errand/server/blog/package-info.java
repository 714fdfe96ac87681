/// The door for blog posts.
@NullMarked
package dev.errand.server.blog;

import org.jspecify.annotations.NullMarked;
