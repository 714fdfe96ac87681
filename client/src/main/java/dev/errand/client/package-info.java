/// Calls an Errand server: submit tasks, follow them, fetch what they made.
@NullMarked
package dev.errand.client;

import org.jspecify.annotations.NullMarked;
