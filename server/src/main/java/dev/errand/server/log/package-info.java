/// How log lines look.
@NullMarked
package dev.errand.server.log;

import org.jspecify.annotations.NullMarked;
