/// What threads of one process need beside each other: work shared, limited, or done only once.
@NullMarked
package dev.errand.handlers.concurrent;

import org.jspecify.annotations.NullMarked;
