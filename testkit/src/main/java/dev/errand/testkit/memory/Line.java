package dev.errand.testkit.memory;

import dev.errand.engine.queue.Queue;
import dev.errand.engine.queue.Queue.Limit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/// Who is next: lanes take turns, and queues and concurrency keys have limits.
class Line {
  private final Set<String> paused = new HashSet<>();
  private final Map<String, Limit> limits = new HashMap<>();

  /// @param queue the queue that a lane is in
  record Place(String queue, long lane) implements Comparable<Place> {
    static final Place FIRST = new Place("", Long.MIN_VALUE);

    private static final Comparator<Place> ORDER =
        Comparator.comparing(Place::queue).thenComparingLong(Place::lane);

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }
  }

  /// What who asks can get at while others hold something.
  interface Reach {
    /// Whether it may have the task.
    boolean free(TaskRow row);

    /// Whether nobody else counts what runs in the queue; until the end of the hold, nobody else
    /// may.
    boolean mayCountQueue(String queue);

    /// The same of what runs in the lane of a concurrency key.
    boolean mayCountLane(long lane);
  }

  private record Open(Place place, List<TaskRow> tasks, int keyRoom) {}

  /// What a look at some lanes found.
  ///
  /// @param end the last lane that was served; the last one that was looked at where none was, and
  ///   there may be others behind it
  record Look(List<TaskRow> tasks, Optional<Place> end) {}

  /// Up to `limit` of the `due` tasks, those of the lane after `last` first.
  Look next(List<TaskRow> due, Collection<TaskRow> running, int limit, Place last, Reach reach) {
    Map<String, Integer> rooms = new HashMap<>();
    List<Open> lanes = new ArrayList<>();
    for (var lane : inTurn(due, last).entrySet()) {
      if (lanes.size() == limit) {
        break;
      }
      Place place = lane.getKey();
      TaskRow first = lane.getValue().getFirst();
      int room = rooms.computeIfAbsent(place.queue(), queue -> room(queue, running, reach));
      if (room > 0 && (first.concurrencyKey() == null || reach.mayCountLane(place.lane()))) {
        int keyRoom = keyRoom(first, place, running);
        if (keyRoom > 0) {
          lanes.add(new Open(place, lane.getValue(), keyRoom));
        }
      }
    }
    List<TaskRow> next = share(lanes, rooms, limit, reach);
    Optional<Place> served =
        next.isEmpty() ? Optional.empty() : Optional.of(next.getLast().place());
    Optional<Place> looked =
        lanes.isEmpty() || lanes.size() < limit
            ? Optional.empty()
            : Optional.of(lanes.getLast().place());
    return new Look(next, served.or(() -> looked));
  }

  private int room(String queue, Collection<TaskRow> running, Reach reach) {
    boolean counted = limit(queue).all() != null && !paused(queue);
    return counted && !reach.mayCountQueue(queue) ? 0 : room(queue, running);
  }

  private static List<TaskRow> share(
      List<Open> lanes, Map<String, Integer> rooms, int limit, Reach reach) {
    int share = lanes.isEmpty() ? 0 : Math.ceilDiv(limit, lanes.size());
    List<TaskRow> next = new ArrayList<>();
    for (Open lane : lanes) {
      String queue = lane.place().queue();
      int room = rooms.getOrDefault(queue, 0);
      int most = Math.min(Math.min(share, limit - next.size()), Math.min(room, lane.keyRoom()));
      List<TaskRow> taken =
          lane.tasks().stream()
              .filter(reach::free)
              .sorted(Rows.ORDER_OF_SERVICE)
              .limit(most)
              .toList();
      next.addAll(taken);
      rooms.put(queue, room - taken.size());
    }
    return next;
  }

  private static Map<Place, List<TaskRow>> inTurn(List<TaskRow> due, Place last) {
    NavigableMap<Place, List<TaskRow>> lanes = new TreeMap<>();
    due.forEach(row -> lanes.computeIfAbsent(row.place(), _ -> new ArrayList<>()).add(row));
    Map<Place, List<TaskRow>> inTurn = new LinkedHashMap<>(lanes.tailMap(last, false));
    inTurn.putAll(lanes.headMap(last, true));
    return inTurn;
  }

  int room(String queue, Collection<TaskRow> running) {
    Integer limit = limit(queue).all();
    if (paused.contains(queue)) {
      return 0;
    }
    return limit == null
        ? Integer.MAX_VALUE
        : limit - count(running, row -> row.place().queue().equals(queue));
  }

  int keyRoom(TaskRow first, Place place, Collection<TaskRow> running) {
    return first.concurrencyKey() == null
        ? Integer.MAX_VALUE
        : limit(place.queue()).sameKey() - count(running, row -> row.place().equals(place));
  }

  private static int count(Collection<TaskRow> rows, Predicate<TaskRow> which) {
    return (int) rows.stream().filter(which).count();
  }

  boolean paused(String queue) {
    return paused.contains(queue);
  }

  Limit limit(String queue) {
    return limits.getOrDefault(queue, Limit.NONE);
  }

  // --- what is decided

  void pause(String queue, boolean now) {
    if (now) {
      paused.add(queue);
    } else {
      paused.remove(queue);
      limits.putIfAbsent(queue, Limit.NONE);
    }
  }

  void limit(String queue, Limit limit) {
    limits.put(queue, limit);
  }

  List<Queue> all(Collection<TaskRow> open, Predicate<TaskRow> due) {
    Set<String> names = new TreeSet<>(paused);
    names.addAll(limits.keySet());
    open.forEach(row -> names.add(row.place().queue()));
    return names.stream().map(name -> queue(name, open, due)).toList();
  }

  private Queue queue(String name, Collection<TaskRow> open, Predicate<TaskRow> due) {
    Predicate<TaskRow> here = row -> row.place().queue().equals(name);
    return new Queue(
        name,
        paused.contains(name),
        limit(name),
        count(open, here.and(TaskRow::waiting).and(due)),
        count(open, here.and(TaskRow::waiting).and(due.negate())),
        count(open, here.and(row -> row.holder() != null)));
  }
}
