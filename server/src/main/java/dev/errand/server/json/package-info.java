/// JSON as the doors read and write it.
@NullMarked
package dev.errand.server.json;

import org.jspecify.annotations.NullMarked;
