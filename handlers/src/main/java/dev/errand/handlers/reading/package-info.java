/// `errand read`: the reader on the command line, without a server.
@NullMarked
package dev.errand.handlers.reading;

import org.jspecify.annotations.NullMarked;
