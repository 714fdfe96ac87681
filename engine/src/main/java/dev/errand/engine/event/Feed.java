package dev.errand.engine.event;

import dev.errand.engine.task.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads what happens to all tasks of an owner, in one order that everybody sees.
///
/// Events are numbered per task; over all tasks their order is that of their times, which are the
/// beginnings of the transactions that wrote them. Transactions do not commit in that order, so
/// that an event is only told once every transaction that began before it has ended: whatever was
/// told stays in front of whatever is told later, and a place in this order loses nothing and
/// doubles nothing, on whichever node it is used again. The price is that an event is told as late
/// as the longest transaction that began before it ends, and a tenth of a second after it happened
/// at least.
///
/// This holds as long as the store's clock is not set back. Thread-safe; may block and may throw
/// [dev.errand.engine.task.StoreUnavailable].
public interface Feed {

  /// An event is told no sooner than so long after it happened.
  Duration MARGIN = Duration.ofMillis(100);

  /// The place behind everything that can be told now.
  Place end();

  /// Up to `limit` events of the owner's tasks behind `after`, in order; those of one task in the
  /// order of their numbers.
  List<OwnEvent> read(String owner, Place after, int limit);

  record OwnEvent(Place place, Event event) {}

  /// A place in the order.
  ///
  /// @param at the latest time among the task's events up to this one
  /// @param number of the event within its task
  record Place(Instant at, TaskId task, long number) implements Comparable<Place> {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,17})-([0-9a-f-]{36})-(\\d{1,9})");
    private static final Comparator<UUID> BY_BYTES =
        Comparator.comparing(UUID::getMostSignificantBits, Long::compareUnsigned)
            .thenComparing(UUID::getLeastSignificantBits, Long::compareUnsigned);
    private static final Comparator<Place> ORDER =
        Comparator.comparing(Place::at)
            .thenComparing(place -> place.task().value(), BY_BYTES)
            .thenComparingLong(Place::number);

    /// The place before everything that happened at `moment`.
    public static Place before(Instant moment) {
      return new Place(moment, new TaskId(new UUID(0, 0)), 0);
    }

    /// Reads what [#toString] wrote.
    public static Optional<Place> parse(String text) {
      Matcher parts = TEXT.matcher(text);
      return parts.matches()
          ? TaskId.parse(parts.group(2))
              .map(task ->
                  new Place(
                      time(Long.parseLong(parts.group(1))), task, Long.parseLong(parts.group(3))))
          : Optional.empty();
    }

    private static Instant time(long microseconds) {
      return Instant.ofEpochSecond(
          Math.floorDiv(microseconds, 1_000_000L), Math.floorMod(microseconds, 1_000_000L) * 1_000);
    }

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
      long microseconds = at.getEpochSecond() * 1_000_000 + at.getNano() / 1_000;
      return "%d-%s-%d".formatted(microseconds, task, number);
    }
  }
}
