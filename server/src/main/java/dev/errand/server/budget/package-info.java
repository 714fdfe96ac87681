/// What may be spent and what was.
@NullMarked
package dev.errand.server.budget;

import org.jspecify.annotations.NullMarked;
