/// Delivers webhooks: signed HTTP requests that tell of tasks that ended.
@NullMarked
package dev.errand.handlers.webhook;

import org.jspecify.annotations.NullMarked;
