package dev.errand.chaos.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// What callers asked for and what they were promised, and who was killed. Thread-safe.
public final class Ledger {
  private final Map<String, Order> orders = new ConcurrentHashMap<>();
  private final Map<String, Set<UUID>> promises = new ConcurrentHashMap<>();
  private final Map<Integer, Integer> refusals = new ConcurrentSkipListMap<>();
  private final List<Kill> kills = new CopyOnWriteArrayList<>();
  private final List<Instant> strikes = new CopyOnWriteArrayList<>();

  /// @param key its idempotency key
  /// @param body what is submitted
  public record Order(String key, String body) {}

  /// A server that was killed.
  ///
  /// @param survived whether another one was at work
  public record Kill(long pid, Instant at, boolean survived) {}

  public void ordered(Order order) {
    orders.put(order.key(), order);
  }

  /// A caller was told `202` and the task's id.
  public void promised(Order order, UUID task) {
    promises.computeIfAbsent(order.key(), _ -> ConcurrentHashMap.newKeySet()).add(task);
  }

  /// A caller was told something else.
  public void refused(int status) {
    refusals.merge(status, 1, Integer::sum);
  }

  /// Something is struck now.
  public void struck() {
    strikes.add(Instant.now());
  }

  public void killed(long pid, boolean survived) {
    kills.add(new Kill(pid, Instant.now(), survived));
  }

  /// Orders whose caller does not know whether the task was accepted.
  public List<Order> unanswered() {
    return orders.values().stream().filter(order -> !promises.containsKey(order.key())).toList();
  }

  public Collection<Order> orders() {
    return orders.values();
  }

  /// The tasks that stand for each key; more than one is a broken promise.
  public Map<String, Set<UUID>> promises() {
    return new TreeMap<>(promises);
  }

  /// How often callers were told something other than `202`, by status.
  public Map<Integer, Integer> refusals() {
    return refusals;
  }

  /// The kills that another server survived, and that nothing else disturbed for `peace` before and
  /// after.
  public List<Kill> undisturbedKills(Duration peace) {
    return kills.stream()
        .filter(Kill::survived)
        .filter(kill -> strikes.stream().filter(strike -> near(strike, kill, peace)).count() == 1)
        .toList();
  }

  private static boolean near(Instant strike, Kill kill, Duration peace) {
    return Duration.between(strike, kill.at()).abs().compareTo(peace) < 0;
  }
}
