/// Tests of what operators may do with queues.
@NullMarked
package dev.errand.testkit.queue;

import org.jspecify.annotations.NullMarked;
