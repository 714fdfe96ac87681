/// A network that can be cut and stalled.
@NullMarked
package dev.errand.chaos.network;

import org.jspecify.annotations.NullMarked;
