package dev.errand.server.json;

import dev.errand.engine.attempt.InvalidParams.Violation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Finds what is proper JSON and still cannot be kept as text or number in a database: NUL
/// characters, halves of characters, numbers beyond any double.
public final class UnstorableText {
  private static final int MAX_DIGITS = 308;

  private final List<Violation> found = new ArrayList<>();

  private UnstorableText() {}

  public static List<Violation> in(JsonNode root) {
    UnstorableText search = new UnstorableText();
    search.visit("", root);
    return search.found;
  }

  private void visit(String pointer, JsonNode node) {
    switch (node.getNodeType()) {
      case OBJECT -> node.properties().forEach(property -> visit(pointer, property));
      case ARRAY -> {
        for (int i = 0; i < node.size(); i++) {
          visit(pointer + "/" + i, node.get(i));
        }
      }
      case STRING -> text(pointer, node.stringValue());
      case NUMBER -> number(pointer, node);
      case BOOLEAN, NULL, BINARY, MISSING, POJO -> {}
    }
  }

  private void visit(String parent, Map.Entry<String, JsonNode> property) {
    String pointer = Fields.pointer(parent, property.getKey());
    text(pointer, property.getKey());
    visit(pointer, property.getValue());
  }

  private void text(String pointer, String text) {
    if (text.indexOf('\0') >= 0) {
      found.add(new Violation(pointer.replace("\0", "\\u0000"), "must not contain NUL (\\u0000)"));
    } else if (hasHalfCharacter(text)) {
      found.add(new Violation(pointer, "must not contain half a character (a lone surrogate)"));
    }
  }

  private static boolean hasHalfCharacter(String text) {
    int i = 0;
    while (i < text.length()) {
      int point = text.codePointAt(i);
      if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
        return true;
      }
      i += Character.charCount(point);
    }
    return false;
  }

  private void number(String pointer, JsonNode number) {
    BigDecimal value = number.decimalValue();
    long digitsBeforePoint = (long) value.precision() - value.scale();
    if (digitsBeforePoint > MAX_DIGITS) {
      found.add(new Violation(pointer, "must be between -1e308 and 1e308"));
    }
  }
}
