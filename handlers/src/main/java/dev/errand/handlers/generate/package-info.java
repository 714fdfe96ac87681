/// Tasks in which a language model writes: blog posts, media plans, brand kits, personas.
@NullMarked
package dev.errand.handlers.generate;

import org.jspecify.annotations.NullMarked;
