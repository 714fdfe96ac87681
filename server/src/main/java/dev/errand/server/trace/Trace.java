package dev.errand.server.trace;

import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Ties a request to everything it causes, across processes.
///
/// @param traceId 32 hex digits, the caller's own where it sent a W3C `traceparent`
/// @param requestId the caller's `X-Request-Id`, or the trace id
/// @see <a href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a>
public record Trace(String traceId, String requestId) {
  private static final Pattern TRACEPARENT =
      Pattern.compile(
          "(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");
  private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._:/+=-]{1,128}");

  /// What does not look as it should is replaced, not refused.
  public static Trace of(@Nullable String traceparent, @Nullable String requestId) {
    String traceId = traceIdIn(traceparent).orElseGet(() -> hex(16));
    boolean usable = requestId != null && REQUEST_ID.matcher(requestId).matches();
    return new Trace(traceId, usable && requestId != null ? requestId : traceId);
  }

  /// This server's own part of the trace, as the header carries it.
  public String traceparent() {
    return "00-" + traceId + "-" + hex(8) + "-01";
  }

  private static Optional<String> traceIdIn(@Nullable String traceparent) {
    Matcher matcher = TRACEPARENT.matcher(traceparent == null ? "" : traceparent);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /// Ids are told to everybody: they have to differ, not to be hard to guess.
  private static String hex(int bytes) {
    byte[] random = new byte[bytes];
    ThreadLocalRandom.current().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }
}
