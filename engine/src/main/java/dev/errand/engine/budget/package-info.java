/// What tasks, users and days may spend on tokens and money: reserved before a call, settled after
/// it.
@NullMarked
package dev.errand.engine.budget;

import org.jspecify.annotations.NullMarked;
