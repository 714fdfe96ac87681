/// The PostgreSQL this server works with: the embedded one or somebody else's.
@NullMarked
package dev.errand.server.database;

import org.jspecify.annotations.NullMarked;
