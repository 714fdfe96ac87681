/// The doors of people: logging in, users, API keys, the audit log.
@NullMarked
package dev.errand.server.identity;

import org.jspecify.annotations.NullMarked;
