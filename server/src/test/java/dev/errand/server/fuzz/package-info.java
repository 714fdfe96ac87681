/// Requests that are spoilt at random, by the rules of the API's description.
@NullMarked
package dev.errand.server.fuzz;

import org.jspecify.annotations.NullMarked;
