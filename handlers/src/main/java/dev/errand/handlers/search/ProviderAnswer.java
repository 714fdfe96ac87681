package dev.errand.handlers.search;

import dev.errand.engine.budget.Money;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How a provider answered.
public sealed interface ProviderAnswer {

  /// @param hits best first, perhaps none
  /// @param cost of this call
  /// @param notes what a reader of the hits should know
  /// @param pause until the provider may be asked again; absent when it does not say
  record Found(List<ProviderHit> hits, Money cost, List<String> notes, Optional<Duration> pause)
      implements ProviderAnswer {
    public Found {
      hits = List.copyOf(hits);
      notes = List.copyOf(notes);
    }

    public static Found free(List<ProviderHit> hits) {
      return new Found(hits, Money.NONE, List.of(), Optional.empty());
    }
  }

  /// @param message for people; names no secret
  /// @param retryAfter absent when the provider does not say
  record Failed(Kind kind, String message, Optional<Duration> retryAfter)
      implements ProviderAnswer {
    public static Failed of(Kind kind, String message) {
      return new Failed(kind, message, Optional.empty());
    }
  }

  /// Why there is no answer.
  enum Kind {
    /// It does not accept the query.
    REFUSED("search_refused"),
    /// The key is missing, wrong, or not allowed to do this.
    UNAUTHORIZED("search_unauthorized"),
    /// The month's quota or the account's credit is used up.
    EXHAUSTED("search_quota_exhausted"),
    /// Too many calls just now.
    BUSY("search_rate_limited"),
    /// It cannot be reached, or fails.
    DOWN("search_unavailable"),
    /// No answer within the time.
    LATE("search_timeout"),
    /// An answer, but none that can be read.
    UNREADABLE("search_answer_unreadable");

    private final String code;

    Kind(String code) {
      this.code = code;
    }

    String code() {
      return code;
    }

    /// Whether another attempt later may succeed.
    boolean retryable() {
      return this == BUSY || isOutage();
    }

    /// Whether the provider itself is failing.
    boolean isOutage() {
      return this == DOWN || this == LATE || this == UNREADABLE;
    }

    /// Whether the call may be paid for all the same.
    boolean perhapsPaid() {
      return this == LATE || this == UNREADABLE;
    }
  }
}
