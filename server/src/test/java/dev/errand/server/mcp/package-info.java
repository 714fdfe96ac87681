/// What is held of single parts of the door for language models.
@NullMarked
package dev.errand.server.mcp;

import org.jspecify.annotations.NullMarked;
