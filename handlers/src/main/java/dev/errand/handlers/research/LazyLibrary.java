package dev.errand.handlers.research;

import dev.errand.handlers.corpus.Corpora;
import dev.errand.handlers.corpus.Library;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The library of one attempt, opened when it is first needed. Not thread-safe.
final class LazyLibrary implements Closeable {
  private final Corpora corpora;
  private final Fetched fetched;
  private @Nullable Library library;

  LazyLibrary(Corpora corpora, Fetched fetched) {
    this.corpora = corpora;
    this.fetched = fetched;
  }

  /// The library. Indexes folders that are not indexed here: an earlier attempt may have run on
  /// another machine.
  Library library() throws IOException, InterruptedException {
    if (library instanceof Library open) {
      return open;
    }
    var folders = fetched.folders().stream().map(folder -> Path.of(folder.path())).toList();
    for (var folder : folders) {
      if (!corpora.knows(folder)) {
        corpora.refresh(folder, (_, _) -> {});
      }
    }
    var opened = corpora.open(folders, fetched.readPages());
    library = opened;
    return opened;
  }

  @Override
  public void close() throws IOException {
    if (library instanceof Library open) {
      open.close();
    }
  }
}
