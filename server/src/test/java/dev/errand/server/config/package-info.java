/// How a server is told what to do.
@NullMarked
package dev.errand.server.config;

import org.jspecify.annotations.NullMarked;
