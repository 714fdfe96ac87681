/// Who is calling, and from where a call may come.
@NullMarked
package dev.errand.server.security;

import org.jspecify.annotations.NullMarked;
