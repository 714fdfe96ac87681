/// The door to artifacts.
@NullMarked
package dev.errand.server.artifact;

import org.jspecify.annotations.NullMarked;
