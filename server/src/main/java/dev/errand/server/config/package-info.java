/// What a server is told from outside: one immutable record per concern, read once at start.
@NullMarked
package dev.errand.server.config;

import org.jspecify.annotations.NullMarked;
