/// The door for language models and their hosts: the Model Context Protocol.
@NullMarked
package dev.errand.server.mcp;

import org.jspecify.annotations.NullMarked;
