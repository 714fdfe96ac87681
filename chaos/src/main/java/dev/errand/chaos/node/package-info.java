/// Processes that are struck: servers, and what they run.
@NullMarked
package dev.errand.chaos.node;

import org.jspecify.annotations.NullMarked;
