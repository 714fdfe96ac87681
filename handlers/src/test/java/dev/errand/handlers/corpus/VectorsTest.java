package dev.errand.handlers.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VectorsTest {
  @TempDir private Path folder;
  private final CountingEmbedder embedder = new CountingEmbedder();

  @Test
  void a_text_is_embedded_once() throws Exception {
    var vectors = new Vectors(folder, embedder);
    var first = vectors.of(List.of("tea", "coffee", "tea"));
    assertThat(embedder.embedded).containsExactly("tea", "coffee");
    assertThat(first.get(0)).isSameAs(first.get(2));
    vectors.of(List.of("coffee"));
    assertThat(embedder.embedded).hasSize(2);
  }

  @Test
  void what_was_saved_is_there_after_a_restart() throws Exception {
    var before = new Vectors(folder.resolve("new"), embedder);
    var tea = before.of(List.of("tea")).getFirst();
    before.save();
    var after = new Vectors(folder.resolve("new"), embedder).of(List.of("tea")).getFirst();
    assertThat(embedder.embedded).hasSize(1);
    assertThat(after.cosine(tea)).isCloseTo(1, within(1e-9));
  }

  @Test
  void nothing_is_written_when_nothing_was_embedded() throws Exception {
    var vectors = new Vectors(folder, embedder);
    vectors.of(List.of());
    vectors.save();
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 7, 8, 20, 41, 42, 43, 44, 60})
  void a_file_cut_short_is_as_good_as_none(int bytesMissing) throws Exception {
    var vectors = new Vectors(folder, embedder);
    vectors.of(List.of("tea", "coffee"));
    vectors.save();
    var file = folder.resolve("vectors-letters.bin");
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() - bytesMissing);
    }
    var both = new Vectors(folder, embedder).of(List.of("tea", "coffee"));
    assertThat(both.get(0).cosine(both.get(1))).isBetween(-1.0, 1.0);
    assertThat(embedder.embedded).hasSize(bytesMissing == 0 ? 2 : 4);
  }

  @Test
  void a_file_of_something_else_is_as_good_as_none() throws Exception {
    Files.writeString(folder.resolve("vectors-letters.bin"), "<html>Not vectors</html>");
    assertThat(new Vectors(folder, embedder).of(List.of("tea"))).hasSize(1);
  }

  @Test
  void nearness_is_the_cosine() {
    var east = Vector.of(new float[] {1, 0});
    assertThat(east.cosine(Vector.of(new float[] {5, 0}))).isCloseTo(1, within(1e-9));
    assertThat(east.cosine(Vector.of(new float[] {0, 2}))).isCloseTo(0, within(1e-9));
    assertThat(east.cosine(Vector.of(new float[] {-3, 0}))).isCloseTo(-1, within(1e-9));
    assertThat(east.cosine(Vector.of(new float[] {0, 0}))).isZero();
  }

  @Test
  void a_failing_embedder_is_asked_again() throws Exception {
    var vectors = new Vectors(folder, embedder);
    embedder.broken = true;
    assertThatThrownBy(() -> vectors.of(List.of("tea"))).isInstanceOf(IOException.class);
    embedder.broken = false;
    assertThat(vectors.of(List.of("tea"))).hasSize(1);
  }

  /// Counts letters, and remembers for what.
  private static final class CountingEmbedder implements Embedder {
    private final List<String> embedded = new ArrayList<>();
    private boolean broken;

    @Override
    public String model() {
      return "letters";
    }

    @Override
    public List<float[]> embed(List<String> texts) throws IOException {
      if (broken) {
        throw new IOException("broken");
      }
      embedded.addAll(texts);
      return texts.stream().map(CountingEmbedder::letters).toList();
    }

    private static float[] letters(String text) {
      var counts = new float[26];
      text.chars().filter(c -> c >= 'a' && c <= 'z').forEach(c -> counts[c - 'a']++);
      return counts;
    }
  }
}
