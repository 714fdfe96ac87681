/// What those get who follow.
@NullMarked
package dev.errand.testkit.event;

import org.jspecify.annotations.NullMarked;
