package dev.errand.handlers.corpus;

import dev.errand.engine.hash.Sha256;
import dev.errand.handlers.concurrent.InParallel;
import dev.errand.handlers.corpus.DocumentFiles.DocumentFile;
import dev.errand.handlers.read.Reader;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LogDocMergePolicy;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.IOUtils;

/// Brings one index up to date with one folder.
final class Refresh {
  private static final int COMMIT_EVERY = 2_000;

  /// Files above this size are read one at a time: a parsed page takes many times its file's
  /// memory.
  private static final long LARGE = 1L << 20;

  private final Path index;
  private final Reader reader;
  private final Corpora.Listener listener;
  private final ReentrantLock oneLargeFile = new ReentrantLock();

  Refresh(Path index, Reader reader, Corpora.Listener listener) {
    this.index = index;
    this.reader = reader;
    this.listener = listener;
  }

  Corpora.Refreshed of(Path folder) throws IOException, InterruptedException {
    var files = DocumentFiles.below(folder.toRealPath());
    try {
      return update(files);
    } catch (CorruptIndexException
        | IndexFormatTooOldException
        | IndexFormatTooNewException
        | EOFException
        | NoSuchFileException
        | IllegalArgumentException _) { // the last for an index that another codec wrote
      IOUtils.rm(index); // it is only a copy of what is in the folder
      return update(files);
    }
  }

  private Corpora.Refreshed update(DocumentFiles files) throws IOException, InterruptedException {
    try (var directory = FSDirectory.open(index)) {
      var known = DirectoryReader.indexExists(directory) ? states(directory) : null;
      var changes = Changes.between(files.files(), known == null ? Map.of() : known);
      if (known == null || !changes.isEmpty()) {
        write(changes, directory);
        known = states(directory);
      }
      int readable = (int) known.values().stream().filter(FileState::readable).count();
      return new Corpora.Refreshed(
          readable,
          changes.toRead().size(),
          changes.gone().size(),
          files.files().size() - readable);
    }
  }

  /// @param toRead new files and files whose size or time of modification changed
  /// @param gone locations whose file is no longer there
  private record Changes(
      List<DocumentFile> toRead, Set<String> gone, Map<String, FileState> known) {

    static Changes between(List<DocumentFile> files, Map<String, FileState> known) {
      var gone = new HashSet<>(known.keySet());
      var toRead = new ArrayList<DocumentFile>();
      for (var file : files) {
        var location = file.path().toString();
        gone.remove(location);
        if (!(known.get(location) instanceof FileState state && state.fits(file))) {
          toRead.add(file);
        }
      }
      return new Changes(toRead, gone, known);
    }

    boolean isEmpty() {
      return toRead.isEmpty() && gone.isEmpty();
    }
  }

  private void write(Changes changes, Directory directory)
      throws IOException, InterruptedException {
    try (var writer = new IndexWriter(directory, config())) {
      for (String location : changes.gone()) {
        writer.deleteDocuments(IndexedDocument.entriesOf(location));
      }
      try {
        readAll(changes.toRead(), changes.known(), writer);
      } catch (InterruptedException e) {
        commit(writer);
        throw e;
      }
      commit(writer);
    }
  }

  private static void commit(IndexWriter writer) throws IOException, InterruptedException {
    // What each thread collected is written out side by side; a commit alone does it in turn.
    InParallel.forEach(List.of(1, 2), _ -> writer.flushNextBuffer(), _ -> {});
    // Deleted entries would still count in the scores: what is gone must be gone.
    writer.forceMergeDeletes();
    writer.commit();
  }

  private static IndexWriterConfig config() {
    return new IndexWriterConfig(Terms.ANALYZER)
        // The tiered policy leaves deleted entries where there is but one segment.
        .setMergePolicy(new LogDocMergePolicy())
        .setRAMBufferSizeMB(16)
        .setCommitOnClose(false);
  }

  private static Map<String, FileState> states(Directory directory) throws IOException {
    var states = new HashMap<String, FileState>();
    try (var reader = DirectoryReader.open(directory)) {
      for (var leaf : reader.leaves()) {
        var values = DocValues.getBinary(leaf.reader(), IndexedDocument.STATE);
        var live = leaf.reader().getLiveDocs();
        for (int doc = values.nextDoc();
            doc != DocIdSetIterator.NO_MORE_DOCS;
            doc = values.nextDoc()) {
          if (live == null || live.get(doc)) {
            var bytes = values.binaryValue();
            var state = FileState.from(bytes.bytes, bytes.offset, bytes.length);
            states.put(state.location(), state);
          }
        }
      }
    }
    return states;
  }

  private void readAll(List<DocumentFile> files, Map<String, FileState> known, IndexWriter writer)
      throws IOException, InterruptedException {
    for (int from = 0; from < files.size(); from += COMMIT_EVERY) {
      var some = files.subList(from, Math.min(files.size(), from + COMMIT_EVERY));
      int before = from;
      InParallel.forEach(
          some,
          file -> readOne(file, known, writer),
          done -> listener.read(before + done, files.size()));
      if (from + COMMIT_EVERY < files.size()) {
        writer.commit();
      }
    }
  }

  private void readOne(DocumentFile file, Map<String, FileState> known, IndexWriter writer)
      throws IOException {
    if (file.size() <= LARGE) {
      replace(file, known, writer);
      return;
    }
    oneLargeFile.lock();
    try {
      replace(file, known, writer);
    } finally {
      oneLargeFile.unlock();
    }
  }

  private void replace(DocumentFile file, Map<String, FileState> known, IndexWriter writer)
      throws IOException {
    var location = file.path().toString();
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file.path());
    } catch (IOException _) {
      // It vanished, or the disk is in trouble: without a state it is tried again next time.
      writer.deleteDocuments(IndexedDocument.entriesOf(location));
      return;
    }
    var sha256 = Sha256.hex(bytes);
    if (known.get(location) instanceof FileState before && before.sha256().equals(sha256)) {
      var state = before.touched(file.size(), file.modified());
      writer.updateBinaryDocValue(
          IndexedDocument.wholeOf(location), IndexedDocument.STATE, new BytesRef(state.toBytes()));
      return;
    }
    var document = document(file.path(), bytes, sha256);
    var state = new FileState(location, file.size(), file.modified(), sha256, document.isPresent());
    writer.updateDocuments(
        IndexedDocument.entriesOf(location), IndexedDocument.entries(location, state, document));
  }

  private Optional<StoredDocument> document(Path file, byte[] bytes, String sha256) {
    try {
      var document = StoredDocument.ofFile(file, bytes, sha256, reader);
      return document.text().isBlank() ? Optional.empty() : Optional.of(document);
    } catch (RuntimeException _) {
      return Optional.empty();
    }
  }
}
