/// The directory that holds all a server keeps.
@NullMarked
package dev.errand.server.data;

import org.jspecify.annotations.NullMarked;
