/// A real server, asked over real HTTP.
@NullMarked
package dev.errand.server;

import org.jspecify.annotations.NullMarked;
