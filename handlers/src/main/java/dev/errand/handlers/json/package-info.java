/// Params, results and step values as JSON text, read strictly and written the same way every time.
@NullMarked
package dev.errand.handlers.json;

import org.jspecify.annotations.NullMarked;
