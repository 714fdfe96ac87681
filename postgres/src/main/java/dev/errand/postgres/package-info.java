/// The engine's stores on PostgreSQL. Every state change is one guarded statement.
@NullMarked
package dev.errand.postgres;

import org.jspecify.annotations.NullMarked;
