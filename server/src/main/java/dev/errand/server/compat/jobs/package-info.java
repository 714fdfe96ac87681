/// Plans, brand kits and personas, in camelCase, as on QStash and MongoDB.
@NullMarked
package dev.errand.server.compat.jobs;

import org.jspecify.annotations.NullMarked;
