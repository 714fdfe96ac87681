/// Starting a research and asking how it stands, in the words of Celery.
@NullMarked
package dev.errand.server.compat.celery;

import org.jspecify.annotations.NullMarked;
