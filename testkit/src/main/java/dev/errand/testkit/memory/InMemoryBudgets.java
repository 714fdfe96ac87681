package dev.errand.testkit.memory;

import dev.errand.engine.budget.Account;
import dev.errand.engine.budget.Allowance;
import dev.errand.engine.budget.BudgetScope;
import dev.errand.engine.budget.Budgets;
import dev.errand.engine.budget.Overrun;
import dev.errand.engine.budget.Spending;
import dev.errand.engine.lease.Lease;
import dev.errand.engine.task.TaskId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Budgets in memory: the ledger, from which every account is counted anew.
final class InMemoryBudgets implements Budgets {
  private final Rows rows;
  private final Map<UUID, Entry> ledger = new LinkedHashMap<>();

  InMemoryBudgets(Rows rows) {
    this.rows = rows;
  }

  /// @param settled absent while the call is under way
  /// @param assumed whether nobody has said what the call took
  private record Entry(
      Lease lease, LocalDate day, Spending estimate, @Nullable Spending settled, boolean assumed) {
    Entry settled(Spending actual, boolean by) {
      return new Entry(lease, day, estimate, actual, by);
    }

    Spending spent() {
      return settled == null ? Spending.NOTHING : settled;
    }

    Spending reserved() {
      return settled == null ? estimate : Spending.NOTHING;
    }
  }

  @Override
  public Answer reserve(Request request) {
    return rows.locked(now -> {
      if (ledger.containsKey(request.id())) {
        return new Answer.Reserved();
      }
      if (!holds(request.lease())) {
        return new Answer.LeaseLost();
      }
      for (BudgetScope scope : BudgetScope.values()) {
        Allowance limit = request.limits().of(scope);
        Account account = account(counted(scope, request.lease(), day(now)));
        if (Overrun.exceeds(request.estimate(), account, limit)) {
          return new Answer.Refused(Overrun.of(scope, limit, account, now));
        }
      }
      ledger.put(
          request.id(), new Entry(request.lease(), day(now), request.estimate(), null, false));
      return new Answer.Reserved();
    });
  }

  @Override
  public void settle(UUID reservation, Spending actual) {
    rows.locked(_ ->
        ledger.computeIfPresent(
            reservation,
            (_, entry) ->
                entry.settled() == null || entry.assumed() ? entry.settled(actual, false) : entry));
  }

  @Override
  public int settleAbandoned() {
    return rows.locked(_ -> {
      List<UUID> abandoned = new ArrayList<>();
      ledger.forEach((id, entry) -> {
        if (entry.settled() == null && !holds(entry.lease())) {
          abandoned.add(id);
        }
      });
      abandoned.forEach(
          id -> ledger.computeIfPresent(id, (_, entry) -> entry.settled(entry.estimate(), true)));
      return abandoned.size();
    });
  }

  @Override
  public Account ofTask(TaskId task) {
    return rows.locked(_ -> account(entry -> entry.lease().task().equals(task)));
  }

  @Override
  public Today today(String user) {
    return rows.locked(now -> {
      LocalDate day = day(now);
      Instant resetsAt = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
      Predicate<Entry> today = entry -> entry.day().equals(day);
      return new Today(
          day,
          resetsAt,
          account(today.and(entry -> entry.lease().owner().equals(user))),
          account(today));
    });
  }

  @Override
  public int prune(LocalDate day) {
    return rows.locked(_ -> {
      int before = ledger.size();
      Predicate<Entry> over = entry -> entry.day().isBefore(day) && entry.settled() != null;
      ledger.values().removeIf(over.and(entry -> ended(entry.lease())));
      // Of open tasks the sum is kept, to which nobody adds another word.
      ledger.replaceAll(
          (_, entry) -> over.test(entry) ? entry.settled(entry.spent(), false) : entry);
      return before - ledger.size();
    });
  }

  private boolean ended(Lease lease) {
    return rows.task(lease.task()).filter(row -> !row.ended()).isEmpty();
  }

  private boolean holds(Lease lease) {
    return rows.task(lease.task()).filter(row -> row.holds(lease.token())).isPresent();
  }

  private static Predicate<Entry> counted(BudgetScope scope, Lease lease, LocalDate day) {
    return switch (scope) {
      case TASK -> entry -> entry.lease().task().equals(lease.task());
      case USER -> entry -> entry.day().equals(day) && entry.lease().owner().equals(lease.owner());
      case DAY -> entry -> entry.day().equals(day);
    };
  }

  private Account account(Predicate<Entry> counted) {
    Spending spent = Spending.NOTHING;
    Spending reserved = Spending.NOTHING;
    for (Entry entry : ledger.values()) {
      if (counted.test(entry)) {
        spent = spent.plus(entry.spent());
        reserved = reserved.plus(entry.reserved());
      }
    }
    return new Account(spent, reserved);
  }

  private static LocalDate day(Instant now) {
    return now.atZone(ZoneOffset.UTC).toLocalDate();
  }
}
