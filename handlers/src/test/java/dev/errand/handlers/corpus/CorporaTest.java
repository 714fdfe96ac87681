package dev.errand.handlers.corpus;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.handlers.corpus.Corpora.Refreshed;
import dev.errand.handlers.corpus.PassageQuery.Weighted;
import dev.errand.handlers.read.Reader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorporaTest {
  @TempDir private Path home;
  @TempDir private Path docs;
  private Corpora corpora;

  @BeforeEach
  void setUp() {
    corpora = new Corpora(home.resolve("index"), new Reader());
  }

  @Test
  void a_folder_is_read_once_and_found_by_its_words() throws Exception {
    write("tea.txt", "Green tea is steeped at eighty degrees for two minutes.");
    write("deep/er/coffee.md", "# Coffee\n\nCoffee is ground before it is brewed.");
    assertThat(refresh()).isEqualTo(new Refreshed(2, 2, 0, 0));
    assertThat(refresh()).isEqualTo(new Refreshed(2, 0, 0, 0));
    assertThat(locationsOf("brewed")).containsExactly("deep/er/coffee.md");
    assertThat(locationsOf("steeping")).containsExactly("tea.txt");
    assertThat(locationsOf("cocoa")).isEmpty();
  }

  @Test
  void only_a_changed_file_is_read_again() throws Exception {
    write("tea.txt", "Green tea is steeped at eighty degrees for two minutes.");
    write("other.txt", "Nothing happens here at all, today or ever.");
    refresh();
    write("tea.txt", "Black tea is steeped in boiling water for four minutes.");
    touch("tea.txt", Instant.parse("2031-01-01T00:00:00Z"));
    assertThat(refresh()).isEqualTo(new Refreshed(2, 1, 0, 0));
    assertThat(locationsOf("boiling")).containsExactly("tea.txt");
    assertThat(locationsOf("green")).isEmpty();
  }

  @Test
  void a_file_that_was_only_touched_keeps_its_entries() throws Exception {
    write("tea.txt", "Green tea is steeped at eighty degrees for two minutes.");
    refresh();
    touch("tea.txt", Instant.parse("2031-01-01T00:00:00Z"));
    assertThat(refresh()).isEqualTo(new Refreshed(1, 1, 0, 0));
    assertThat(refresh()).isEqualTo(new Refreshed(1, 0, 0, 0));
    assertThat(locationsOf("steeped")).containsExactly("tea.txt");
  }

  /// Repeated because it is chance whether both documents lie in one segment of the index.
  @RepeatedTest(10)
  void a_deleted_file_is_gone_and_no_longer_counts() throws Exception {
    write("tea.txt", "Green tea is steeped at eighty degrees for two minutes.");
    write("coffee.txt", "Coffee is ground before it is brewed.");
    refresh();
    Files.delete(docs.resolve("coffee.txt"));
    assertThat(refresh()).isEqualTo(new Refreshed(1, 0, 1, 0));
    try (var library = open()) {
      assertThat(library.documents()).isEqualTo(1);
      assertThat(library.passages()).isEqualTo(1);
      assertThat(library.frequency("brew")).isZero();
    }
  }

  @Test
  void a_file_that_could_not_be_read_is_tried_again() throws Exception {
    for (int i = 0; i < 20; i++) {
      write("page-%d.txt".formatted(i), "Page number %d speaks of tea.".formatted(i));
    }
    write("z.txt", "Coffee is ground before it is brewed.");
    var modified = Files.getLastModifiedTime(docs.resolve("z.txt"));
    var lock = new ReentrantLock();
    var whileReading =
        corpora.refresh(
            docs,
            (_, _) -> {
              lock.lock(); // so that no thread comes to the last file before it has gone
              try {
                Files.deleteIfExists(docs.resolve("z.txt"));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              } finally {
                lock.unlock();
              }
            });
    assertThat(whileReading).isEqualTo(new Refreshed(20, 21, 0, 1));
    write("z.txt", "Coffee is ground before it is brewed.");
    Files.setLastModifiedTime(docs.resolve("z.txt"), modified);
    assertThat(refresh()).isEqualTo(new Refreshed(21, 1, 0, 0));
    assertThat(locationsOf("brewed")).containsExactly("z.txt");
  }

  @Test
  void files_without_text_are_counted_and_do_no_harm() throws Exception {
    write("good.txt", "Green tea is steeped at eighty degrees for two minutes.");
    write("empty.txt", "");
    Files.write(docs.resolve("binary.txt"), new byte[] {0, 1, 2, (byte) 0xff, 0, 0, 9, 8, 7, 0});
    Files.write(docs.resolve("broken.pdf"), "%PDF-1.7 and then nothing".getBytes(UTF_8));
    assertThat(refresh()).isEqualTo(new Refreshed(1, 4, 0, 3));
    assertThat(refresh()).isEqualTo(new Refreshed(1, 0, 0, 3));
    try (var library = open()) {
      assertThat(library.documents()).isEqualTo(1);
    }
  }

  @Test
  void text_of_another_charset_is_read() throws Exception {
    Files.write(
        docs.resolve("kaffee.txt"),
        "Der Kaffee für die Gäste heißt Röstkaffee.".getBytes(ISO_8859_1));
    refresh();
    assertThat(locationsOf("gäste")).containsExactly("kaffee.txt");
  }

  @Test
  void a_line_of_five_megabytes_is_cut_into_passages() throws Exception {
    write("line.txt", "word ".repeat(1 << 20) + "needle");
    write("blanks.txt", "x".repeat(5 << 20));
    refresh();
    try (var library = open()) {
      var hit = library.search(query("needl"), 10).getFirst();
      assertThat(hit.end() - hit.start()).isLessThan(2_000);
      assertThat(library.passages()).isGreaterThan(5_000);
    }
  }

  @Test
  void what_is_no_document_is_passed_over_and_said() throws Exception {
    write("good.md", "Text.");
    write("program.exe", "Not text.");
    write(".hidden.txt", "Hidden.");
    write("node_modules/lib/README.md", "Somebody else's.");
    write(".git/description.txt", "Not a document.");
    makeHuge(docs.resolve("huge.txt"));
    var survey = corpora.survey(docs);
    assertThat(survey.files()).isEqualTo(1);
    assertThat(survey.skipped())
        .containsEntry("hidden", 1)
        .containsEntry("larger than 20 MB", 1)
        .containsEntry("of a kind that is not read", 1)
        .containsEntry("in hidden, node_modules or target folders (counted by folder)", 2);
  }

  @Test
  void links_that_lead_in_circles_or_outside_are_not_followed() throws Exception {
    write("tea.txt", "Green tea is steeped at eighty degrees for two minutes.");
    var outside = Files.writeString(home.resolve("secret.txt"), "The secret is out.");
    Files.createSymbolicLink(docs.resolve("again"), docs);
    Files.createSymbolicLink(docs.resolve("outside.txt"), outside);
    assertThat(refresh()).isEqualTo(new Refreshed(1, 1, 0, 0));
    assertThat(corpora.survey(docs).skipped()).containsEntry("symbolic links", 2);
    assertThat(locationsOf("secret")).isEmpty();
  }

  @Test
  void an_empty_folder_has_an_empty_index() throws Exception {
    assertThat(corpora.knows(docs)).isFalse();
    assertThat(refresh()).isEqualTo(new Refreshed(0, 0, 0, 0));
    assertThat(corpora.knows(docs)).isTrue();
    assertThat(locationsOf("anything")).isEmpty();
  }

  @Test
  void two_tasks_at_once_on_one_folder_read_it_once() throws Exception {
    for (int i = 0; i < 50; i++) {
      write(
          "page-%d.txt".formatted(i),
          "Page number %d speaks of tea and of nothing else.".formatted(i));
    }
    var results = new ArrayList<Refreshed>();
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var done : pool.invokeAll(List.<Callable<Refreshed>>of(this::refresh, this::refresh))) {
        results.add(done.get());
      }
    }
    assertThat(results)
        .containsExactlyInAnyOrder(new Refreshed(50, 50, 0, 0), new Refreshed(50, 0, 0, 0));
    try (var library = open()) {
      assertThat(library.passages()).isEqualTo(50);
    }
  }

  @Test
  void who_searches_while_the_index_changes_sees_what_was_there() throws Exception {
    write("tea.txt", "Green tea is steeped at eighty degrees for two minutes.");
    refresh();
    try (var library = open()) {
      Files.delete(docs.resolve("tea.txt"));
      refresh();
      assertThat(library.search(query("tea"), 10)).hasSize(1);
      assertThat(library.document(docs.toRealPath().resolve("tea.txt").toString())).isPresent();
    }
    assertThat(locationsOf("tea")).isEmpty();
  }

  private void write(String name, String text) throws IOException {
    var file = docs.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /// Takes no room: a file of a size that nobody wrote.
  private static void makeHuge(Path file) throws IOException {
    try (var channel = Files.newByteChannel(file, CREATE_NEW, WRITE)) {
      channel.position(DocumentFiles.LARGEST).write(ByteBuffer.wrap(new byte[] {1}));
    }
  }

  private void touch(String name, Instant at) throws IOException {
    Files.setLastModifiedTime(docs.resolve(name), FileTime.from(at));
  }

  private Refreshed refresh() throws IOException, InterruptedException {
    return corpora.refresh(docs, (_, _) -> {});
  }

  private Library open() throws IOException {
    return corpora.open(List.of(docs), List.of());
  }

  private List<String> locationsOf(String word) throws IOException {
    try (var library = open()) {
      var root = docs.toRealPath();
      return library.search(query(Terms.of(word).getFirst()), 10).stream()
          .map(hit -> root.relativize(Path.of(hit.location())).toString())
          .toList();
    }
  }

  private static PassageQuery query(String term) {
    return new PassageQuery(List.of(new Weighted(term, 1)), List.of());
  }
}
