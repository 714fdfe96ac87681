/// The all-MiniLM-L6-v2 model, run in this process: no key and no network.
@NullMarked
package dev.errand.embeddings;

import org.jspecify.annotations.NullMarked;
