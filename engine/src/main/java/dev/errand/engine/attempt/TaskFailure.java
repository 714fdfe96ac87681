package dev.errand.engine.attempt;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A handler's own word on why it failed.
public final class TaskFailure extends Exception {
  /// Who can mend it; decides whether another attempt is made.
  public enum Category {
    /// The caller: the task asks for something that cannot be done. Not retried.
    CALLER,
    /// Too much at once here or elsewhere. Retried.
    CAPACITY,
    /// A service the handler depends on. Retried.
    EXTERNAL,
    /// Ours. Retried.
    INTERNAL
  }

  private final String code;
  private final Category category;
  private final @Nullable Duration retryAfter;

  private TaskFailure(
      String code,
      String message,
      Category category,
      @Nullable Duration retryAfter,
      @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
    this.category = category;
    this.retryAfter = retryAfter;
  }

  /// A failure that no repetition can mend.
  ///
  /// @param code stable, in snake_case
  public static TaskFailure permanent(String code, String message) {
    return new TaskFailure(code, message, Category.CALLER, null, null);
  }

  /// A failure of something outside; another attempt may succeed.
  public static TaskFailure external(String code, String message, @Nullable Throwable cause) {
    return new TaskFailure(code, message, Category.EXTERNAL, null, cause);
  }

  /// Too much at once; the next attempt starts no sooner than `retryAfter`.
  public static TaskFailure busy(String code, String message, Duration retryAfter) {
    return new TaskFailure(code, message, Category.CAPACITY, retryAfter, null);
  }

  public String code() {
    return code;
  }

  public boolean retryable() {
    return category != Category.CALLER;
  }

  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
