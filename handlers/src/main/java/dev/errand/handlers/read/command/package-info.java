/// `errand read`: the reader on the command line, without a server.
@NullMarked
package dev.errand.handlers.read.command;

import org.jspecify.annotations.NullMarked;
