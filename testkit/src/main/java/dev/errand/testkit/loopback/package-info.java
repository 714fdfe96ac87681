/// A real HTTP server on a free port of this machine that answers as a test tells it to.
@NullMarked
package dev.errand.testkit.loopback;

import org.jspecify.annotations.NullMarked;
