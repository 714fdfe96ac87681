/// The embedded PostgreSQL: the real server, unpacked, started, watched and stopped by us.
@NullMarked
package dev.errand.postgres.embedded;

import org.jspecify.annotations.NullMarked;
