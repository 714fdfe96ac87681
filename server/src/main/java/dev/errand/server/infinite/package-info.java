/// The door for researches that come again and again.
@NullMarked
package dev.errand.server.infinite;

import org.jspecify.annotations.NullMarked;
