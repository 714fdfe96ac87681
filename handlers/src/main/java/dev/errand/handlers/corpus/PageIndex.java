package dev.errand.handlers.corpus;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.ByteBuffersDirectory;

/// An index in memory, for the few pages of one task.
final class PageIndex {
  private PageIndex() {}

  static DirectoryReader of(List<StoredDocument> pages) throws IOException {
    var directory = new ByteBuffersDirectory();
    try (var writer = new IndexWriter(directory, new IndexWriterConfig(Terms.ANALYZER))) {
      for (var page : pages) {
        var state = new FileState(page.location(), 0, 0, page.sha256(), true);
        writer.updateDocuments(
            IndexedDocument.entriesOf(page.location()),
            IndexedDocument.entries(page.location(), state, Optional.of(page)));
      }
    }
    return DirectoryReader.open(directory);
  }
}
