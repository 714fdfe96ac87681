/// Scores the reader on pages whose text is known, beside a peer in the same run.
@NullMarked
package dev.errand.bench.reader;

import org.jspecify.annotations.NullMarked;
