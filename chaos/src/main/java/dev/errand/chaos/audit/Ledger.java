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
  private final Set<UUID> cancelAsked = ConcurrentHashMap.newKeySet();
  private final Set<UUID> cancelled = ConcurrentHashMap.newKeySet();
  private final Set<UUID> retryAsked = ConcurrentHashMap.newKeySet();
  private final Map<Long, Instant> drained = new ConcurrentHashMap<>();
  private final List<Kill> kills = new CopyOnWriteArrayList<>();
  private final List<Instant> faults = new CopyOnWriteArrayList<>();

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

  /// A caller is about to cancel a task.
  public void cancelling(UUID task) {
    cancelAsked.add(task);
  }

  /// A caller was told that a task is cancelled.
  public void toldCancelled(UUID task) {
    cancelled.add(task);
  }

  /// A caller is about to ask for a task again.
  public void retrying(UUID task) {
    retryAsked.add(task);
  }

  boolean cancelAsked(UUID task) {
    return cancelAsked.contains(task);
  }

  boolean wasCancelled(UUID task) {
    return cancelled.contains(task);
  }

  boolean retryAsked(UUID task) {
    return retryAsked.contains(task);
  }

  /// How many tasks a caller wanted to cancel, and how many to have run again.
  public String changesOfMind() {
    return "%d cancelled, %d of them run again".formatted(cancelAsked.size(), retryAsked.size());
  }

  /// A server was stopped in good order, and no other fault was injected then.
  public void drained(long pid) {
    drained.put(pid, Instant.now());
  }

  /// Whether the server had been told to stop by then.
  boolean wasDrained(long pid, Instant by) {
    Instant told = drained.get(pid);
    return told != null && told.isBefore(by);
  }

  /// A fault begins now.
  public void disturbed() {
    faults.add(Instant.now());
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
        .filter(kill -> faults.stream().filter(fault -> near(fault, kill, peace)).count() == 1)
        .toList();
  }

  private static boolean near(Instant fault, Kill kill, Duration peace) {
    return Duration.between(fault, kill.at()).abs().compareTo(peace) < 0;
  }
}
