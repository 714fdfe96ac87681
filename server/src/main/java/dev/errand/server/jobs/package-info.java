/// The door for generating plans, brand kits and personas, in camelCase.
@NullMarked
package dev.errand.server.jobs;

import org.jspecify.annotations.NullMarked;
