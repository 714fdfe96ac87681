package dev.errand.handlers.model;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The shape that an answer must have: a JSON Schema (2020-12) by name. Thread-safe.
public final class JsonShape {
  private static final int MOST_COMPLAINTS = 10;
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /// Thoughts whose beginning the server has cut off end like the others.
  private static final Pattern THOUGHTS =
      Pattern.compile("(?is)^(?:<think(?:ing)?>.*?</think(?:ing)?>|[^{]*?</think(?:ing)?>)");

  private final String name;
  private final String text;
  private final Schema schema;

  /// @param name letters, digits and `_`
  /// @param text the schema
  public JsonShape(String name, String text) {
    this.name = name;
    this.text = text;
    this.schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(text, InputFormat.JSON);
  }

  /// The schema in the file `<name>.json` beside `neighbour`.
  public static JsonShape beside(Class<?> neighbour, String name) {
    try (InputStream file =
        Objects.requireNonNull(neighbour.getResourceAsStream(name + ".json"), name)) {
      JsonNode schema = MAPPER.readTree(file);
      return new JsonShape(name, MAPPER.writeValueAsString(schema));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String name() {
    return name;
  }

  /// The schema as text.
  public String text() {
    return text;
  }

  /// The schema as a value.
  public JsonNode value() {
    return MAPPER.readTree(text);
  }

  /// What came of reading an answer.
  public sealed interface Reading {
    record Valid(ObjectNode value) implements Reading {}

    /// @param complaints for whoever wrote it
    record Invalid(List<String> complaints) implements Reading {
      public Invalid {
        complaints = List.copyOf(complaints);
      }
    }
  }

  /// Reads an answer, which may stand in a fence of Markdown and after what a model thought aloud.
  public Reading read(String answer) {
    JsonNode value;
    try {
      value =
          MAPPER.readTree(
              withoutFence(withoutThoughts(answer.strip())).getBytes(StandardCharsets.UTF_8));
    } catch (JacksonException e) {
      return new Reading.Invalid(
          List.of("It is not JSON: " + e.getOriginalMessage().lines().findFirst().orElse("")));
    }
    List<String> complaints =
        schema.validate(value).stream()
            .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
            .limit(MOST_COMPLAINTS)
            .toList();
    return complaints.isEmpty() && value instanceof ObjectNode object
        ? new Reading.Valid(object)
        : new Reading.Invalid(complaints.isEmpty() ? List.of("It is no JSON object") : complaints);
  }

  private static String withoutThoughts(String text) {
    return THOUGHTS.matcher(text).replaceFirst("").strip();
  }

  private static String withoutFence(String text) {
    if (!text.startsWith("```") || !text.endsWith("```") || text.indexOf('\n') < 0) {
      return text;
    }
    return text.substring(text.indexOf('\n') + 1, text.length() - 3);
  }
}
