/// Brings the news of ended tasks to those who want to know.
@NullMarked
package dev.errand.handlers.webhook;

import org.jspecify.annotations.NullMarked;
