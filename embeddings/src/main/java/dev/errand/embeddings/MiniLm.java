package dev.errand.embeddings;

import dev.errand.handlers.concurrent.InParallel;
import dev.errand.handlers.corpus.Embedder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// all-MiniLM-L6-v2, quantised: 384 dimensions, for English; reads the first 128 word pieces.
///
/// Nothing is loaded before the first use, which takes about half a second and 70 MB outside the
/// heap, once for the life of the process.
public final class MiniLm implements Embedder {
  private final Path folder;
  private @Nullable FutureTask<Session> session;

  /// @param folder where native libraries and the model are unpacked; need not exist yet
  public MiniLm(Path folder) {
    this.folder = folder;
  }

  @Override
  public String model() {
    return "minilm";
  }

  @Override
  public void warmUp() {
    var _ = loading();
  }

  /// Loading that failed is tried again: a full disk need not stay full.
  private synchronized FutureTask<Session> loading() {
    var latest = session;
    if (latest != null && latest.state() != Future.State.FAILED) {
      return latest;
    }
    var next = new FutureTask<>(() -> Session.open(folder));
    session = next;
    Thread.ofPlatform().daemon().name("minilm-load").start(next);
    return next;
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
    try {
      return loading().get();
    } catch (ExecutionException e) {
      throw new IOException("The embedding model cannot be loaded: " + e.getCause(), e.getCause());
    }
  }
}
