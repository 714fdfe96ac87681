/// The door for webhooks.
@NullMarked
package dev.errand.server.webhook;

import org.jspecify.annotations.NullMarked;
