package dev.errand.server.artifact;

import dev.errand.engine.attempt.InvalidParams.Violation;
import dev.errand.engine.task.TaskId;
import dev.errand.server.json.Fields;
import dev.errand.server.problem.Refusal;
import java.util.List;
import java.util.Optional;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// An artifact that a caller sends.
///
/// @param content cut off after `maxContent + 1` bytes, enough to see that there are too many
record Upload(TaskId task, String type, String contentType, FirstBytes content) {
  private static final String DATA = "data_base64";
  private static final List<String> FIELDS = List.of("task_id", "type", "content_type", DATA);
  private static final int MAX_WORD = 200;
  private static final String INVALID = "artifact_rejected_invalid_fields";

  /// Reads an upload token by token: its content is decoded while it arrives.
  ///
  /// @param maxContent bytes an artifact may have
  /// @throws Refusal.Refused naming each bad field
  static Upload read(JsonParser parser, int maxContent) {
    FirstBytes content = new FirstBytes(maxContent + 1);
    ObjectNode words = JsonNodeFactory.instance.objectNode();
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw invalid(List.of(new Violation("", "must be a JSON object")));
    }
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      if (parser.nextToken() == JsonToken.VALUE_STRING && name.equals(DATA)) {
        decode(parser, content);
        words.put(DATA, "");
      } else {
        words.set(name, word(parser));
      }
    }
    // Makes sure that nothing follows.
    parser.nextToken();
    return checked(words, content);
  }

  /// A string as it is, and something that is no string for anything else.
  private static JsonNode word(JsonParser parser) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      return nodes.stringNode(parser.getString());
    }
    boolean absent = parser.currentToken() == JsonToken.VALUE_NULL;
    parser.skipChildren();
    return absent ? nodes.nullNode() : nodes.objectNode();
  }

  private static void decode(JsonParser parser, FirstBytes content) {
    try {
      parser.readBinaryValue(content);
    } catch (UnexpectedEndOfInputException e) {
      throw e;
    } catch (StreamReadException _) {
      throw invalid(List.of(new Violation("/" + DATA, "must be base64 (RFC 4648 §4)")));
    }
  }

  private static Upload checked(ObjectNode words, FirstBytes content) {
    Fields fields = new Fields(words).only(FIELDS);
    FIELDS.forEach(fields::require);
    fields.text(DATA);
    Optional<TaskId> task = fields.word("task_id", "the id of a task", TaskId::parse);
    Optional<String> type = fields.word("type", "1 to 200 printable characters", Upload::printable);
    Optional<String> contentType =
        fields.word("content_type", "a media type such as text/plain", Upload::mediaType);
    fields.orRefuse(INVALID);
    return new Upload(task.orElseThrow(), type.orElseThrow(), contentType.orElseThrow(), content);
  }

  private static Optional<String> printable(String text) {
    boolean sound =
        !text.isBlank()
            && text.length() <= MAX_WORD
            && text.codePoints().allMatch(Upload::printable);
    return sound ? Optional.of(text) : Optional.empty();
  }

  private static boolean printable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL, Character.SURROGATE, Character.UNASSIGNED -> false;
      default -> true;
    };
  }

  private static Optional<String> mediaType(String text) {
    try {
      MediaType type = MediaType.parseMediaType(text);
      return type.isConcrete() ? printable(text) : Optional.empty();
    } catch (InvalidMediaTypeException _) {
      return Optional.empty();
    }
  }

  private static Refusal.Refused invalid(List<Violation> violations) {
    return Refusal.invalid(INVALID, violations).refused();
  }
}
