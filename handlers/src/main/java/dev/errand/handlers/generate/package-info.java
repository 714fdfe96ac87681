/// Generation tasks, written by a language model: blog posts, media plans, brand kits, personas.
@NullMarked
package dev.errand.handlers.generate;

import org.jspecify.annotations.NullMarked;
