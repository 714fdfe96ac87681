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

/// The JSON Schema (2020-12) that a model's answer must be valid against. Thread-safe.
public final class AnswerSchema {
  private static final int MAX_ERRORS = 10;
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /// What a model thought aloud before it answered; some servers cut off the opening tag.
  private static final Pattern THOUGHTS =
      Pattern.compile("(?is)^(?:<think(?:ing)?>.*?</think(?:ing)?>|[^{]*?</think(?:ing)?>)");

  private final String name;
  private final String text;
  private final Schema schema;

  /// @param name letters, digits and `_`
  /// @param text the schema
  public AnswerSchema(String name, String text) {
    this.name = name;
    this.text = text;
    this.schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(text, InputFormat.JSON);
  }

  /// The schema in the file `<name>.json` beside `neighbour`.
  public static AnswerSchema beside(Class<?> neighbour, String name) {
    try (InputStream file =
        Objects.requireNonNull(neighbour.getResourceAsStream(name + ".json"), name)) {
      JsonNode schema = MAPPER.readTree(file);
      return new AnswerSchema(name, MAPPER.writeValueAsString(schema));
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

    /// @param errors what is wrong, in words that the model can act on
    record Invalid(List<String> errors) implements Reading {
      public Invalid {
        errors = List.copyOf(errors);
      }
    }
  }

  /// Reads an answer. A Markdown fence around it and the model's thoughts before it are ignored.
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
    List<String> errors =
        schema.validate(value).stream()
            .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
            .limit(MAX_ERRORS)
            .toList();
    return errors.isEmpty() && value instanceof ObjectNode object
        ? new Reading.Valid(object)
        : new Reading.Invalid(errors.isEmpty() ? List.of("It is no JSON object") : errors);
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
