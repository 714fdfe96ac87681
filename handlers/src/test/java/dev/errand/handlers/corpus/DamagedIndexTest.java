package dev.errand.handlers.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.handlers.corpus.Corpora.Refreshed;
import dev.errand.handlers.read.Reader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.FilterCodec;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// An index is only a copy of a folder: whatever happened to it, a refresh makes it whole.
class DamagedIndexTest {
  @TempDir private Path home;
  @TempDir private Path docs;
  private Corpora corpora;

  @BeforeEach
  void setUp() throws Exception {
    corpora = new Corpora(home, new Reader());
    for (int i = 0; i < 20; i++) {
      Files.writeString(
          docs.resolve(i + ".txt"), "Document %d speaks of tea and of cups.".formatted(i));
    }
    refresh();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 40, 100})
  void a_file_cut_short_by_a_crash_is_made_anew(long length) throws Exception {
    for (Path file : indexFiles()) {
      cut(file, length);
      assertThat(refresh().documents()).as("%s of %d bytes", file, length).isEqualTo(20);
      assertThatAllIsFound();
    }
  }

  @Test
  void a_missing_file_is_made_anew() throws Exception {
    for (Path file : indexFiles()) {
      Files.deleteIfExists(file);
      assertThat(refresh().documents()).as("without %s", file).isEqualTo(20);
      assertThatAllIsFound();
    }
  }

  @Test
  void leftovers_of_a_killed_writer_are_no_obstacle() throws Exception {
    var index = indexFiles().getFirst().resolveSibling("");
    Files.write(index.resolve("_zz.cfs"), new byte[10]);
    Files.write(index.resolve("pending_segments_9"), new byte[10]);
    Files.write(index.resolve("write.lock"), new byte[0]);
    Files.writeString(docs.resolve("new.txt"), "A new document that speaks of tea.");
    assertThat(refresh()).isEqualTo(new Refreshed(21, 1, 0, 0));
  }

  @Test
  void an_index_of_another_version_is_made_anew() throws Exception {
    var codec = new FilterCodec("Unheard", Codec.getDefault()) {};
    var config =
        new IndexWriterConfig().setCodec(codec).setOpenMode(IndexWriterConfig.OpenMode.CREATE);
    try (var directory = FSDirectory.open(indexFiles().getFirst().getParent());
        var writer = new IndexWriter(directory, config)) {
      writer.addDocument(List.of());
      writer.commit();
    }
    assertThat(corpora.knows(docs)).isFalse();
    assertThat(refresh()).isEqualTo(new Refreshed(20, 20, 0, 0));
    assertThatAllIsFound();
  }

  private void assertThatAllIsFound() throws IOException {
    assertThat(corpora.knows(docs)).isTrue();
    try (var library = corpora.open(List.of(docs), List.of())) {
      assertThat(library.documents()).isEqualTo(20);
      assertThat(library.frequency("tea")).isEqualTo(20);
    }
  }

  private Refreshed refresh() throws IOException, InterruptedException {
    return corpora.refresh(docs, (_, _) -> {});
  }

  private List<Path> indexFiles() throws IOException {
    try (var files = Files.walk(home)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.toString().endsWith(".lock"))
          .sorted()
          .toList();
    }
  }

  private static void cut(Path file, long length) throws IOException {
    if (Files.exists(file)) {
      try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(length);
      }
    }
  }
}
