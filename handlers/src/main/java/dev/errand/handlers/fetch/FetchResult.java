package dev.errand.handlers.fetch;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How a fetch ended.
public sealed interface FetchResult {

  /// @param address where the answer came from, after all redirects
  /// @param redirects the addresses that led there, first the one that was asked for; empty when
  ///   the first one answered
  /// @param contentType as the server said it
  /// @param at when the server last said that this is the page
  record Page(
      WebAddress address,
      List<WebAddress> redirects,
      int status,
      Optional<String> contentType,
      Body body,
      Instant at)
      implements FetchResult {
    public Page {
      redirects = List.copyOf(redirects);
    }
  }

  /// There is no page.
  sealed interface NoPage extends FetchResult {
    /// The reason, for the caller; names no address inside.
    String why();
  }

  /// The server answered with an error.
  ///
  /// @param status 400 to 599
  /// @param retryAfter as the server asks for, absent when it does not say
  record Refused(int status, Optional<Duration> retryAfter) implements NoPage {
    @Override
    public String why() {
      return "the server answered %d".formatted(status);
    }
  }

  /// We do not go there. Nothing was sent.
  record Blocked(String why) implements NoPage {
    static Blocked notPublic(String host) {
      return new Blocked(
          "%s does not lead to the public internet; an administrator can allow it with %s"
              .formatted(host, PrivateAllowlist.KEY));
    }
  }

  /// The answer can never be used: too large, too many redirects, an encoding nobody asked for.
  record Unusable(String why) implements NoPage {}

  /// No answer, or half of one; another try may do better.
  record Unreachable(String why) implements NoPage {}

  /// The bytes of a page, decompressed. Callers leave the array as it is.
  final class Body {
    private final byte[] bytes;

    public Body(byte[] bytes) {
      this.bytes = bytes;
    }

    public byte[] bytes() {
      return bytes;
    }
  }
}
