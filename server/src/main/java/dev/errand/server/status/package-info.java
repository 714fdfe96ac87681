/// The door for starting a research and asking how it stands, in the words of Celery.
@NullMarked
package dev.errand.server.status;

import org.jspecify.annotations.NullMarked;
