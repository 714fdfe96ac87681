/// Finds the server to talk to, and starts one for the length of a command where none runs.
@NullMarked
package dev.errand.cli.server;

import org.jspecify.annotations.NullMarked;
