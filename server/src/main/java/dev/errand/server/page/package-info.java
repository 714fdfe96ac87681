/// Lists page by page: what every list of the API takes and gives alike.
@NullMarked
package dev.errand.server.page;

import org.jspecify.annotations.NullMarked;
