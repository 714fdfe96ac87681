package dev.errand.handlers.corpus;

import dev.errand.engine.hash.Sha256;
import dev.errand.handlers.concurrent.KeyedLocks;
import dev.errand.handlers.read.Reader;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.FSDirectory;

/// The indexes of all document folders, kept below one home folder and brought up to date on
/// request.
///
/// Thread-safe, and safe beside other processes with the same home: one refreshes a folder's index
/// at a time, while any number search what was last committed. A process that dies in the middle
/// leaves the last committed state and no lock.
public final class Corpora {
  /// Part of an index's name: another layout gets another index.
  private static final String LAYOUT = "3";

  private final Path home;
  private final Reader reader;
  private final KeyedLocks refreshing = new KeyedLocks();

  /// @param home where the indexes are kept; need not exist yet
  public Corpora(Path home, Reader reader) {
    this.home = home;
    this.reader = reader;
  }

  /// Is told how far a refresh is, from several threads.
  @FunctionalInterface
  public interface Listener {
    void read(int files, int ofFiles);
  }

  /// Which files a refresh of `folder` would look at. Reads none of them.
  ///
  /// @throws IOException when the folder cannot be listed
  public Survey survey(Path folder) throws IOException {
    var files = DocumentFiles.below(folder.toRealPath());
    return new Survey(files.files().size(), files.skipped());
  }

  /// @param files that can be read
  /// @param skipped number of files passed over, by reason
  public record Survey(int files, SortedMap<String, Integer> skipped) {}

  /// Brings the index of `folder` up to date with the files in it. Blocks while another refresh of
  /// the same folder is under way.
  ///
  /// @throws IOException when the folder cannot be listed or the index cannot be written
  /// @throws InterruptedException when interrupted; what was read until then is kept
  public Refreshed refresh(Path folder, Listener listener)
      throws IOException, InterruptedException {
    var key = key(folder);
    try (var _ = refreshing.lock(key);
        var _ = ProcessLock.acquire(home.resolve(key + ".lock"))) {
      return new Refresh(home.resolve(key), reader, listener).of(folder);
    } catch (FileLockInterruptionException | ClosedByInterruptException _) {
      Thread.interrupted();
      throw new InterruptedException("Interrupted while the index of " + folder + " was refreshed");
    }
  }

  /// How a refresh went.
  ///
  /// @param documents in the index now
  /// @param read files read, because they are new or changed
  /// @param removed documents that are gone from the folder
  /// @param unreadable files in which nothing could be read, in this refresh or an earlier one
  public record Refreshed(int documents, int read, int removed, int unreadable) {}

  /// Reads a page that was fetched.
  ///
  /// @throws IOException when there is no text in the bytes
  public StoredDocument read(byte[] bytes, Optional<String> contentType, URI address)
      throws IOException {
    var content = reader.read(bytes, contentType.orElse(null), address);
    if (content.text().isBlank()) {
      throw new IOException("It holds no text that can be read");
    }
    return StoredDocument.of(address.toString(), Sha256.hex(bytes), content);
  }

  /// A view of what was last committed for `folders`, together with `pages`.
  public Library open(List<Path> folders, List<StoredDocument> pages) throws IOException {
    var readers = new ArrayList<IndexReader>();
    try {
      for (Path folder : folders) {
        readers.add(DirectoryReader.open(FSDirectory.open(home.resolve(key(folder)))));
      }
      if (!pages.isEmpty()) {
        readers.add(inMemory(pages));
      }
      return new Library(readers);
    } catch (IOException | RuntimeException e) {
      for (var reader : readers) {
        reader.close();
      }
      throw e;
    }
  }

  /// An index of the few pages of one task.
  private static DirectoryReader inMemory(List<StoredDocument> pages) throws IOException {
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

  /// Whether an index of `folder` is here and can be opened.
  public boolean knows(Path folder) throws IOException {
    var index = home.resolve(key(folder));
    if (!Files.isDirectory(index)) {
      return false;
    }
    try (var directory = FSDirectory.open(index);
        var _ = DirectoryReader.open(directory)) {
      return true;
    } catch (IOException | IllegalArgumentException _) {
      return false; // none, damaged, or of another version: a refresh rebuilds it
    }
  }

  private static String key(Path folder) throws IOException {
    return Sha256.hex(LAYOUT + "\n" + folder.toRealPath()).substring(0, 24);
  }
}
