/// Tasks that a queue outside (Cloud Tasks, QStash) hands back to us: whose calls are believed, and
/// how they are answered.
@NullMarked
package dev.errand.server.compat.push;

import org.jspecify.annotations.NullMarked;
