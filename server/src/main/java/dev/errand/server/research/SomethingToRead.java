package dev.errand.server.research;

import dev.errand.engine.attempt.InvalidParams.Violation;
import dev.errand.engine.problem.Problem;
import dev.errand.handlers.research.SearchEngines;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Refuses a research that could read nothing, which it would only find out when it runs.
///
/// The doors for those who come from other systems do without: they promise to take a bare prompt.
public final class SomethingToRead {
  static final String TYPE = "research";
  private static final Violation NOTHING =
      new Violation(
          "/sources",
          "there is nothing to read: name pages in urls, or folders in docs (for administrators);"
              + " the web cannot be searched, "
              + SearchEngines.HOW_TO_CONFIGURE);

  private final BooleanSupplier web;

  /// @param web whether the web can be searched
  public SomethingToRead(BooleanSupplier web) {
    this.web = web;
  }

  /// @param params of a task of `type`, not checked yet
  public void require(String type, ObjectNode params) {
    if (type.equals(TYPE)
        && params.path("prompt").isString()
        && !isTrue(params.path("plan_only"))
        && Stream.of("docs", "urls", "sources").noneMatch(kind -> names(params.path(kind)))
        && !web.getAsBoolean()) {
      throw new Problem.InvalidTask(List.of(NOTHING)).refused();
    }
  }

  private static boolean isTrue(JsonNode value) {
    return value.isBoolean() && value.booleanValue();
  }

  private static boolean names(JsonNode given) {
    return !given.isMissingNode() && !given.isNull() && !(given.isArray() && given.isEmpty());
  }
}
