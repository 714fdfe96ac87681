package dev.errand.server.mcp;

import dev.errand.engine.access.Caller;
import dev.errand.engine.attempt.InvalidParams;
import dev.errand.engine.attempt.InvalidParams.Violation;
import dev.errand.engine.problem.Problem;
import dev.errand.engine.task.StoreUnavailable;
import dev.errand.engine.task.Task;
import dev.errand.server.json.UnstorableText;
import dev.errand.server.problem.Refusal;
import dev.errand.server.security.Identity;
import dev.errand.server.trace.Trace;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ProgressNotification;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Between the protocol and the tools: who calls and with what, and every refusal as an answer from
/// which a model can learn. Thread-safe.
final class ToolCalls {
  private static final Logger log = LoggerFactory.getLogger(ToolCalls.class);
  private static final Duration TRY_AGAIN_AFTER = Duration.ofSeconds(2);

  private final JsonMapper json;

  ToolCalls(JsonMapper json) {
    this.json = json;
  }

  /// What a tool does.
  interface Use {
    CallToolResult answer(ToolCall call);
  }

  CallToolResult answer(Use use, McpSyncServerExchange exchange, CallToolRequest request) {
    try {
      return use.answer(call(exchange, request));
    } catch (Problem.Refused refused) {
      return refused(Refusal.of(refused.problem()));
    } catch (Refusal.Refused refused) {
      return refused(refused.refusal());
    } catch (InvalidParams invalid) {
      return refused(Refusal.of(new Problem.InvalidTask(invalid.violations())));
    } catch (StoreUnavailable _) {
      return refused(Refusal.of(new Problem.Unavailable(TRY_AGAIN_AFTER)));
    } catch (RuntimeException e) {
      log.atError()
          .addKeyValue("event", "request_failed")
          .addKeyValue("tool", request.name())
          .setCause(e)
          .log("A tool failed unexpectedly");
      return refused(
          Refusal.of(
              HttpStatus.INTERNAL_SERVER_ERROR,
              "internal_error",
              "Something went wrong on our side; the server's log says more."));
    }
  }

  private ToolCall call(McpSyncServerExchange exchange, CallToolRequest request) {
    HttpServletRequest http =
        (HttpServletRequest)
            Objects.requireNonNull(exchange.transportContext().get(Endpoint.REQUEST));
    ObjectNode arguments =
        json.valueToTree(Objects.requireNonNullElse(request.arguments(), Map.of()));
    List<Violation> hostile = UnstorableText.in(arguments);
    if (!hostile.isEmpty()) {
      throw new Problem.InvalidTask(hostile).refused();
    }
    return new ToolCall(
        in(http, Caller.class),
        in(http, Identity.class),
        in(http, Trace.class),
        arguments,
        new Progress(exchange, request.progressToken()));
  }

  private static <T> T in(HttpServletRequest request, Class<T> type) {
    return type.cast(Objects.requireNonNull(request.getAttribute(type.getName())));
  }

  private CallToolResult refused(Refusal refusal) {
    JsonNode problem = json.valueToTree(refusal.toJson(McpDoor.PATH));
    return CallToolResult.builder()
        .addTextContent("%s (%s)".formatted(refusal.detail(), refusal.code()))
        .structuredContent(problem)
        .isError(true)
        .build();
  }

  /// Tells whoever asked for it how far a task is: more each time, as the protocol demands.
  private static final class Progress implements Consumer<Task> {
    private final McpSyncServerExchange exchange;
    private final @Nullable Object token;
    private double told = -1;

    Progress(McpSyncServerExchange exchange, @Nullable Object token) {
      this.exchange = exchange;
      this.token = token;
    }

    @Override
    public void accept(Task task) {
      if (token == null || task.progress() <= told || Double.isInfinite(told)) {
        return;
      }
      String step = task.currentStep();
      String message = step == null ? task.status().toString() : step;
      try {
        exchange.progressNotification(
            ProgressNotification.builder(token, task.progress())
                .total(100.0)
                .message(message)
                .build());
        told = task.progress();
      } catch (RuntimeException e) {
        log.debug("Nobody hears of progress any more", e);
        told = Double.POSITIVE_INFINITY;
      }
    }
  }
}
