package dev.errand.embeddings;

import dev.errand.handlers.corpus.Embedder;
import dev.errand.handlers.corpus.InParallel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;

/// all-MiniLM-L6-v2, quantised: 384 dimensions, for English; reads the first 128 word pieces.
///
/// Nothing is loaded before the first use, which takes about half a second and 70 MB outside the
/// heap, once for the life of the process.
public final class MiniLm implements Embedder {
  private final FutureTask<Session> session;

  /// @param folder where native libraries and the model are unpacked; need not exist yet
  public MiniLm(Path folder) {
    this.session = new FutureTask<>(() -> Session.open(folder));
  }

  @Override
  public String model() {
    return "minilm";
  }

  @Override
  public void warmUp() {
    if (!session.isDone()) {
      Thread.ofPlatform().daemon().name("minilm-load").start(session);
    }
  }

  @Override
  public List<float[]> embed(List<String> texts) throws IOException, InterruptedException {
    var ready = loaded();
    var vectors = new float[texts.size()][];
    var indexes = IntStream.range(0, texts.size()).boxed().toList();
    InParallel.forEach(indexes, i -> vectors[i] = ready.embed(texts.get(i)), _ -> {});
    return Arrays.asList(vectors);
  }

  private Session loaded() throws IOException, InterruptedException {
    warmUp();
    try {
      return session.get();
    } catch (ExecutionException e) {
      throw new IOException("The embedding model cannot be loaded: " + e.getCause(), e.getCause());
    }
  }
}
