/// Tests of who is let in.
@NullMarked
package dev.errand.server.security;

import org.jspecify.annotations.NullMarked;
