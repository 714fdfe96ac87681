package dev.errand.server.json;

import dev.errand.engine.attempt.InvalidParams.Violation;
import dev.errand.server.problem.Refusal;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Takes an object's fields one by one and notes each that is missing or of the wrong kind, so that
/// a caller hears of all of them at once. A field that is `null` counts as absent.
public final class Fields {
  private final ObjectNode object;
  private final List<Violation> violations = new ArrayList<>();

  public Fields(ObjectNode object) {
    this.object = object;
  }

  /// Notes every field that is not one of `known`.
  public Fields only(Collection<String> known) {
    object.propertyNames().stream()
        .filter(name -> !known.contains(name))
        .forEach(
            name -> refuse(name, "is not a known field; known are " + String.join(", ", known)));
    return this;
  }

  public Optional<String> text(String name) {
    return take(name, JsonNode::isString, "a string", JsonNode::stringValue);
  }

  public Optional<Long> whole(String name) {
    return take(
        name,
        node -> node.isIntegralNumber() && node.canConvertToLong(),
        "a whole number",
        JsonNode::longValue);
  }

  public Optional<BigDecimal> number(String name) {
    return take(name, JsonNode::isNumber, "a number", JsonNode::decimalValue);
  }

  public Optional<Boolean> yesOrNo(String name) {
    return take(name, JsonNode::isBoolean, "true or false", JsonNode::booleanValue);
  }

  public Optional<ObjectNode> object(String name) {
    return take(name, JsonNode::isObject, "an object", ObjectNode.class::cast);
  }

  public List<String> texts(String name) {
    return take(
            name,
            node -> node.isArray() && node.valueStream().allMatch(JsonNode::isString),
            "an array of strings",
            node -> node.valueStream().map(JsonNode::stringValue).toList())
        .orElse(List.of());
  }

  /// The field as `reading` understands it; noted as not being `what` when it does not.
  public <T> Optional<T> word(String name, String what, Function<String, Optional<T>> reading) {
    Optional<String> text = text(name);
    Optional<T> value = text.flatMap(reading);
    if (text.isPresent() && value.isEmpty()) {
      refuse(name, "must be " + what);
    }
    return value;
  }

  /// Notes `name` as missing unless it is there, of whatever kind.
  public Fields require(String name) {
    if (absent(name)) {
      refuse(name, "is missing");
    }
    return this;
  }

  public boolean has(String name) {
    return !absent(name);
  }

  public void refuse(String name, String detail) {
    violations.add(new Violation(pointer("", name), detail));
  }

  /// Notes what is wrong with the fields of the object `name`.
  public void refuseWithin(String name, Fields parts) {
    parts.violations.forEach(
        one -> violations.add(new Violation(pointer("", name) + one.pointer(), one.detail())));
  }

  /// @param code of the refusal
  /// @throws Refusal.Refused naming everything that was noted, if anything was
  public void orRefuse(String code) {
    if (!violations.isEmpty()) {
      throw Refusal.invalid(code, violations).refused();
    }
  }

  public List<Violation> violations() {
    return List.copyOf(violations);
  }

  private <T> Optional<T> take(
      String name, Predicate<JsonNode> isKind, String kind, Function<JsonNode, T> value) {
    if (absent(name)) {
      return Optional.empty();
    }
    JsonNode node = object.get(name);
    if (!isKind.test(node)) {
      refuse(name, "must be " + kind);
      return Optional.empty();
    }
    return Optional.of(value.apply(node));
  }

  private boolean absent(String name) {
    return !object.hasNonNull(name);
  }

  /// The JSON Pointer of the field `name` of what `parent` points to.
  static String pointer(String parent, String name) {
    return parent + "/" + name.replace("~", "~0").replace("/", "~1");
  }
}
