/// The API's description: as OpenAPI for programs, as a page for people.
@NullMarked
package dev.errand.server.openapi;

import org.jspecify.annotations.NullMarked;
