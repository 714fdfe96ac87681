package dev.errand.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.engine.budget.BudgetLimits;
import dev.errand.engine.budget.Budgets;
import dev.errand.engine.budget.Budgets.Answer;
import dev.errand.engine.budget.Budgets.Request;
import dev.errand.engine.budget.Money;
import dev.errand.engine.budget.Spending;
import dev.errand.engine.lease.Lease;
import dev.errand.engine.limits.Limits;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class BudgetsTest {
  @Test
  void what_may_be_spent_today_and_what_was_can_be_read() {
    try (TestServer server =
        TestServer.start(
            Map.of("BUDGET_USER_TOKENS_PER_DAY", "1000", "BUDGET_USD_PER_DAY", "2.50"))) {
      assertThat(server.get("/limits").json().path("budget_usd_per_day").decimalValue())
          .isEqualByComparingTo("2.5");
      String task = spend(server);

      JsonNode budgets = server.get("/budgets").json();

      assertThat(budgets.propertyNames()).containsExactly("day", "resets_at", "user", "everybody");
      assertThat(budgets.path("day").asString()).matches("\\d{4}-\\d\\d-\\d\\d");
      assertThat(budgets.path("resets_at").asString()).endsWith("T00:00:00Z");
      assertThat(budgets.path("user").toString())
          .isEqualTo(
              "{\"tokens\":{\"limit\":1000,\"spent\":70,\"reserved\":30},"
                  + "\"usd\":{\"limit\":null,\"spent\":0.0125,\"reserved\":1}}");
      assertThat(budgets.path("everybody").path("usd").toString())
          .isEqualTo("{\"limit\":2.5,\"spent\":0.0125,\"reserved\":1}");
      assertThat(server.get("/tasks/" + task).json().path("spent").toString())
          .isEqualTo("{\"tokens\":100,\"usd\":1.0125}");
      assertThat(server.get("/tasks").json().path("tasks").path(0).has("spent")).isFalse();
    }
  }

  @Test
  void a_task_shows_its_own_budget_and_how_it_stands() {
    try (TestServer server = TestServer.start(Map.of("BUDGET_TASK_USD", "3"))) {
      String task =
          server.submit("{\"type\":\"say\",\"params\":{},\"budget\":{\"tokens\":120,\"usd\":5}}");
      Lease lease = server.claim(task);
      Budgets budgets = server.part(Budgets.class);
      BudgetLimits limits = server.part(Limits.class).budgets();
      UUID call = UUID.randomUUID();
      budgets.reserve(new Request(call, lease, spending(100, 500_000), limits));
      budgets.settle(call, spending(70, 500_000));

      assertThat(budgets.reserve(new Request(UUID.randomUUID(), lease, spending(51, 0), limits)))
          .isInstanceOf(Answer.Refused.class);
      assertThat(server.get("/tasks/" + task).json().path("budget").toString())
          .isEqualTo(
              "{\"tokens\":{\"limit\":120,\"spent\":70,\"reserved\":0},"
                  + "\"usd\":{\"limit\":3,\"spent\":0.5,\"reserved\":0}}");
      assertThat(server.get("/tasks").json().path("tasks").path(0).has("budget")).isFalse();
    }
  }

  /// @return the task that spent
  private static String spend(TestServer server) {
    Budgets budgets = server.part(Budgets.class);
    BudgetLimits limits = server.part(Limits.class).budgets();
    Lease lease = server.claim(server.submit());
    UUID made = UUID.randomUUID();
    assertThat(budgets.reserve(new Request(made, lease, spending(100, 20_000), limits)))
        .isEqualTo(new Answer.Reserved());
    budgets.settle(made, spending(70, 12_500));
    UUID open = UUID.randomUUID();
    assertThat(budgets.reserve(new Request(open, lease, spending(30, 1_000_000), limits)))
        .isEqualTo(new Answer.Reserved());
    return lease.task().toString();
  }

  private static Spending spending(long tokens, long micros) {
    return new Spending(tokens, new Money(micros));
  }
}
