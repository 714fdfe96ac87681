package dev.errand.server.task;

import dev.errand.engine.artifact.Artifact;
import dev.errand.engine.artifact.Artifacts;
import dev.errand.engine.attempt.Handler;
import dev.errand.engine.attempt.Handlers;
import dev.errand.engine.budget.Allowance;
import dev.errand.engine.budget.Budgets;
import dev.errand.engine.budget.Budgets.Allotted;
import dev.errand.engine.task.Outlook;
import dev.errand.engine.task.Task;
import dev.errand.engine.webhook.WebhookStore;
import dev.errand.server.budget.BudgetJson;
import dev.errand.server.budget.SpentJson;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Shows tasks together with what else is known of them: the steps their handlers declare, their
/// artifacts, what they spend and where they call back. Thread-safe.
public final class TaskRenderer {
  private static final String ARTIFACT_IDS = "artifact_ids";

  private final Handlers handlers;
  private final Artifacts artifacts;
  private final Budgets budgets;
  private final WebhookStore webhooks;
  private final Allowance limit;
  private final JsonMapper json;

  /// @param limit what every task may spend at most
  public TaskRenderer(
      Handlers handlers,
      Artifacts artifacts,
      Budgets budgets,
      WebhookStore webhooks,
      Allowance limit,
      JsonMapper json) {
    this.handlers = handlers;
    this.artifacts = artifacts;
    this.budgets = budgets;
    this.webhooks = webhooks;
    this.limit = limit;
    this.json = json;
  }

  public TaskJson render(Task task) {
    return render(task, null, null, null);
  }

  /// As [#render], with what is told of a single task only: its outlook, its callback and what it
  /// has spent.
  public TaskJson renderWhole(Task task, Optional<Outlook> outlook) {
    return render(
        task,
        outlook.orElse(null),
        webhooks.callbackUrl(task.id()).orElse(null),
        budgets.allotted(task.id()));
  }

  private TaskJson render(
      Task task,
      @Nullable Outlook outlook,
      @Nullable String callbackUrl,
      @Nullable Allotted allotted) {
    return TaskJson.of(
        task,
        json.readTree(task.params()),
        StepJson.of(declaredSteps(task), task),
        result(task),
        outlook,
        callbackUrl,
        allotted == null ? null : SpentJson.of(allotted.account()),
        allotted == null ? null : budget(allotted));
  }

  private @Nullable BudgetJson budget(Allotted allotted) {
    Allowance both = limit.within(allotted.own());
    return both.unlimited() ? null : BudgetJson.of(both, allotted.account());
  }

  private List<String> declaredSteps(Task task) {
    return handlers.forType(task.type()).map(Handler::steps).orElse(List.of());
  }

  /// An object also names the task's artifacts, if it has any and does not say so itself.
  private @Nullable JsonNode result(Task task) {
    if (task.result() == null) {
      return null;
    }
    JsonNode result = json.readTree(task.result());
    if (result instanceof ObjectNode object && !object.has(ARTIFACT_IDS)) {
      List<Artifact> stored = artifacts.ofTask(task.id());
      if (!stored.isEmpty()) {
        object.putPOJO(ARTIFACT_IDS, stored.stream().map(artifact -> artifact.id()).toList());
      }
    }
    return result;
  }
}
