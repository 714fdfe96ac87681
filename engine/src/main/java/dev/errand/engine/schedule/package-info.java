/// Rules that submit tasks: when they are due, and that each due moment fires exactly once.
@NullMarked
package dev.errand.engine.schedule;

import org.jspecify.annotations.NullMarked;
