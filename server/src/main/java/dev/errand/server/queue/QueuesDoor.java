package dev.errand.server.queue;

import dev.errand.engine.access.Caller;
import dev.errand.engine.queue.Queue;
import dev.errand.engine.queue.Queue.Limit;
import dev.errand.engine.queue.Queues;
import dev.errand.server.json.Fields;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/// `/queues`: how they stand; operators pause and limit them.
@RestController
@RequestMapping("/queues")
public final class QueuesDoor {
  private final Queues queues;

  public QueuesDoor(Queues queues) {
    this.queues = queues;
  }

  /// @param concurrencyLimit attempts that may run at once, absent without a limit
  /// @param keyLimit of those, how many of one owner with one concurrency key
  /// @param waiting tasks that are due
  /// @param later tasks that are not due yet
  public record QueueJson(
      String name,
      boolean paused,
      @Nullable Integer concurrencyLimit,
      int keyLimit,
      long waiting,
      long later,
      long running) {
    static QueueJson of(Queue queue) {
      return new QueueJson(
          queue.name(),
          queue.paused(),
          queue.limit().all(),
          queue.limit().sameKey(),
          queue.waiting(),
          queue.later(),
          queue.running());
    }
  }

  /// @param nextCursor always absent: all queues are one page
  public record QueuesJson(List<QueueJson> queues, @Nullable String nextCursor) {}

  @GetMapping
  QueuesJson all(Caller caller) {
    return new QueuesJson(queues.all(caller).stream().map(QueueJson::of).toList(), null);
  }

  @PostMapping("/{name}/pause")
  QueueJson pause(Caller caller, @PathVariable("name") String name) {
    return QueueJson.of(queues.pause(caller, name));
  }

  @PostMapping("/{name}/resume")
  QueueJson resume(Caller caller, @PathVariable("name") String name) {
    return QueueJson.of(queues.resume(caller, name));
  }

  /// A limit that is not given is none, and for a key one at a time.
  @PutMapping("/{name}")
  QueueJson limit(Caller caller, @PathVariable("name") String name, ObjectNode body) {
    return QueueJson.of(queues.limit(caller, name, limit(body)));
  }

  private static Limit limit(ObjectNode body) {
    Fields fields = new Fields(body).only(List.of("concurrency_limit", "key_limit"));
    Optional<Integer> all = positive(fields, "concurrency_limit");
    Optional<Integer> sameKey = positive(fields, "key_limit");
    fields.orRefuse("invalid_queue");
    return new Limit(all.orElse(null), sameKey.orElse(1));
  }

  private static Optional<Integer> positive(Fields fields, String name) {
    Optional<Long> number = fields.whole(name);
    boolean fits = number.filter(value -> value >= 1 && value <= Integer.MAX_VALUE).isPresent();
    if (number.isPresent() && !fits) {
      fields.refuse(name, "must be 1 or more; to stop everything, pause the queue");
    }
    return fits ? number.map(Math::toIntExact) : Optional.empty();
  }
}
