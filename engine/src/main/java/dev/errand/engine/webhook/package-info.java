/// Telling others that tasks have ended: webhooks, and what becomes of each delivery.
@NullMarked
package dev.errand.engine.webhook;

import org.jspecify.annotations.NullMarked;
