package dev.errand.embeddings;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// The word pieces a model knows, by their text.
final class Vocabulary {
  private Vocabulary() {}

  /// @param resource a Hugging Face `tokenizer.json` on the class path
  static Map<String, Integer> from(String resource) throws IOException {
    try (InputStream in = Vocabulary.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new FileNotFoundException(resource + " is not on the class path");
      }
      try (var json = new JsonFactory().createParser(ObjectReadContext.empty(), in)) {
        return vocabulary(json);
      }
    } catch (JacksonException e) {
      throw new IOException(resource + " is not a tokenizer", e);
    }
  }

  private static Map<String, Integer> vocabulary(JsonParser json) {
    var pieces = new HashMap<String, Integer>(65_536);
    boolean inside = false;
    for (var token = json.nextToken(); token != null; token = json.nextToken()) {
      if (inside && token == JsonToken.END_OBJECT) {
        return pieces;
      }
      if (inside && token == JsonToken.PROPERTY_NAME) {
        var piece = json.currentName();
        json.nextToken();
        pieces.put(piece, json.getIntValue());
      } else if (token == JsonToken.PROPERTY_NAME && json.currentName().equals("vocab")) {
        json.nextToken();
        inside = true;
      }
    }
    return pieces;
  }
}
