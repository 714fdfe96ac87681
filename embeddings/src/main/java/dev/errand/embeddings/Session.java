package dev.errand.embeddings;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/// The model in memory. Thread-safe.
final class Session {
  private static final int MOST_PIECES = 128;
  private static final int DIMENSIONS = 384;

  private final OrtEnvironment environment;
  private final OrtSession model;
  private final WordPieces pieces;

  private Session(OrtEnvironment environment, OrtSession model, WordPieces pieces) {
    this.environment = environment;
    this.model = model;
    this.pieces = pieces;
  }

  static Session open(Path folder) throws IOException, OrtException {
    var unpacked = new Unpacked(folder);
    unpacked.nativeLibraries();
    // The environment lives as long as the process.
    var environment = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
    var model = unpacked.file("/all-minilm-l6-v2-q.onnx", "all-minilm-l6-v2-q.onnx");
    try (var options = options()) {
      return new Session(
          environment,
          environment.createSession(model.toString(), options),
          new WordPieces(Vocabulary.from("/all-minilm-l6-v2-q-tokenizer.json")));
    }
  }

  /// One thread for one text: texts are embedded side by side, and a sum over threads would not
  /// come out the same each time. Without the arena memory goes back after each text.
  private static OrtSession.SessionOptions options() throws OrtException {
    var options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(1);
    options.setInterOpNumThreads(1);
    options.setCPUArenaAllocator(false);
    return options;
  }

  float[] embed(String text) throws IOException {
    long[] ids = pieces.of(text, MOST_PIECES);
    long[] shape = {1, ids.length};
    var ones = new long[ids.length];
    Arrays.fill(ones, 1);
    try (var inputs = tensor(ids, shape);
        var mask = tensor(ones, shape);
        var types = tensor(new long[ids.length], shape);
        var result =
            model.run(
                Map.of("input_ids", inputs, "attention_mask", mask, "token_type_ids", types))) {
      return mean(((OnnxTensor) result.get(0)).getFloatBuffer(), ids.length);
    } catch (OrtException e) {
      throw new IOException("The embedding model failed", e);
    }
  }

  private OnnxTensor tensor(long[] values, long[] shape) throws OrtException {
    return OnnxTensor.createTensor(environment, LongBuffer.wrap(values), shape);
  }

  /// The mean over all pieces, scaled to length 1.
  private static float[] mean(FloatBuffer states, int pieces) {
    var sum = new float[DIMENSIONS];
    for (int piece = 0; piece < pieces; piece++) {
      for (int i = 0; i < DIMENSIONS; i++) {
        sum[i] += states.get(piece * DIMENSIONS + i);
      }
    }
    double square = 0;
    for (float part : sum) {
      square += (double) part * part;
    }
    float length = (float) Math.sqrt(square);
    for (int i = 0; i < DIMENSIONS; i++) {
      sum[i] /= length;
    }
    return sum;
  }
}
