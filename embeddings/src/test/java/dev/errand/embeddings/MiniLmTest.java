package dev.errand.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MiniLmTest {
  @Test
  void a_model_that_could_not_be_loaded_is_loaded_once_it_can_be(@TempDir Path home)
      throws Exception {
    var folder = Files.writeString(home.resolve("model"), "in the way");
    var model = new MiniLm(folder);
    assertThatThrownBy(() -> model.embed(List.of("tea"))).isInstanceOf(IOException.class);

    Files.delete(folder);

    assertThat(model.embed(List.of("tea")).getFirst()).hasSize(384);
  }
}
