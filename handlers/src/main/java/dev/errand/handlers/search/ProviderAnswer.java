package dev.errand.handlers.search;

import dev.errand.engine.budget.Money;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What came of asking a provider.
public sealed interface ProviderAnswer {

  /// @param hits best first, perhaps none
  /// @param cost of this call
  /// @param notes what a reader of the hits should know
  /// @param pause how long the provider wants to be left alone now
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
    /// The query is not one that it takes.
    REFUSED("search_refused"),
    /// The key is wrong, or missing, or not good for this.
    UNAUTHORIZED("search_unauthorized"),
    /// The month's quota or the account's credit is used up.
    EXHAUSTED("search_quota_exhausted"),
    /// Too many calls just now.
    BUSY("search_rate_limited"),
    /// It is not there, or not well.
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

    /// Whether another try some time later may do better.
    boolean retryable() {
      return this == BUSY || isIll();
    }

    /// Whether it says that the provider is not well.
    boolean isIll() {
      return this == DOWN || this == LATE || this == UNREADABLE;
    }

    /// Whether the call may be paid for all the same.
    boolean perhapsPaid() {
      return this == LATE || this == UNREADABLE;
    }
  }
}
