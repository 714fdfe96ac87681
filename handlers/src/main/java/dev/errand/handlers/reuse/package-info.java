/// What was found out once, used again: by all nodes for a while, and by who asks at the same time.
@NullMarked
package dev.errand.handlers.reuse;

import org.jspecify.annotations.NullMarked;
