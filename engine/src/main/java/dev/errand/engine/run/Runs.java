package dev.errand.engine.run;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import dev.errand.engine.access.Caller;
import dev.errand.engine.attempt.InvalidParams.Check;
import dev.errand.engine.run.Run.Metric;
import dev.errand.engine.run.Run.Note;
import dev.errand.engine.task.TaskId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What handlers and callers do with runs. Everybody has their own; administrators find those of
/// others, too. Thread-safe.
public final class Runs {
  private static final TimeBasedEpochGenerator IDS = Generators.timeBasedEpochGenerator();
  private static final int LONGEST_KEY = 500;
  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_NOTE = 10_000;

  private final RunStore store;

  public Runs(RunStore store) {
    this.store = store;
  }

  /// Whether something was done before, and when last.
  ///
  /// @param lastAt absent when it never was
  public record Processed(boolean processed, @Nullable Instant lastAt) {}

  /// @param scope goes before the key, absent where the key stands alone
  public Processed hasBeenProcessed(String owner, String key, @Nullable String scope) {
    Optional<Instant> last = store.lastCompleted(owner, scoped(key, scope));
    return new Processed(last.isPresent(), last.orElse(null));
  }

  /// The run for `key` that was started last.
  ///
  /// @param key with its scope, such as `search:abc123`
  public Optional<Run> latestRunForKey(String owner, String key) {
    return store.latest(owner, key);
  }

  /// Says that work for a key begins.
  ///
  /// @throws dev.errand.engine.attempt.InvalidParams when there is no key, or it is too long
  public Run start(String owner, String key, @Nullable String scope, @Nullable TaskId task) {
    String whole = scoped(key, scope);
    new Check()
        .that(isText(key, LONGEST_KEY) && whole.length() <= LONGEST_KEY, "/key", sized(LONGEST_KEY))
        .orThrow();
    return store.start(IDS.generate(), owner, whole, task);
  }

  /// Says how a run ended; a run that has ended stays as it is.
  public Optional<Run> end(String owner, UUID id, Run.Status status) {
    return find(owner, id)
        .flatMap(run -> {
          store.end(run.id(), status);
          return store.find(run.id());
        });
  }

  public Optional<Run> find(String owner, UUID id) {
    return store.find(id).filter(run -> run.owner().equals(owner));
  }

  /// @return empty for somebody else's, unless the caller may see it
  public Optional<Run> find(Caller caller, UUID id) {
    return store.find(id).filter(run -> caller.mayAccess(run.owner()));
  }

  /// One page, newest first.
  public List<Run> list(String owner, @Nullable String key, @Nullable UUID before, int limit) {
    return store.list(owner, key, before, limit);
  }

  /// @return whether the owner has such a run
  /// @throws dev.errand.engine.attempt.InvalidParams for a name or a value that cannot be kept
  public boolean measure(String owner, UUID run, String name, double value) {
    new Check()
        .that(isText(name, LONGEST_NAME), "/name", sized(LONGEST_NAME))
        .that(Double.isFinite(value), "/value", "must be a finite number")
        .orThrow();
    return find(owner, run).isPresent() && store.measure(run, name, value);
  }

  /// @return whether the owner has such a run
  /// @throws dev.errand.engine.attempt.InvalidParams for a text that cannot be kept
  public boolean note(String owner, UUID run, String text) {
    new Check().that(isText(text, LONGEST_NOTE), "/text", sized(LONGEST_NOTE)).orThrow();
    return find(owner, run).isPresent() && store.note(run, text);
  }

  public List<Metric> metrics(Run run) {
    return store.metrics(run.id());
  }

  public List<Note> notes(Run run) {
    return store.notes(run.id());
  }

  /// @return whether the owner had such a run
  public boolean delete(String owner, UUID id) {
    return find(owner, id).isPresent() && store.delete(id);
  }

  private static String scoped(String key, @Nullable String scope) {
    return scope == null || scope.isEmpty() ? key : scope + ":" + key;
  }

  private static boolean isText(String text, int longest) {
    return !text.isBlank() && text.length() <= longest && text.indexOf('\0') < 0;
  }

  private static String sized(int longest) {
    return "must have 1 to %d characters".formatted(longest);
  }
}
