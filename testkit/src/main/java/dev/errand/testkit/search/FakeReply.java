package dev.errand.testkit.search;

import java.util.LinkedHashMap;
import java.util.Map;

/// What a fake search engine answers.
///
/// @param manner how it gets on the wire
public record FakeReply(
    int status, String contentType, Map<String, String> headers, String body, Manner manner) {
  /// How a body is sent.
  public enum Manner {
    WHOLE,
    /// Only half of the body, as if that were all.
    HALF,
    /// Half of the body, and then the line breaks.
    CUT,
    /// Nothing, for as long as anybody may wait.
    SLOW
  }

  static FakeReply json(int status, Object body) {
    return new FakeReply(status, "application/json", Map.of(), FakeJson.write(body), Manner.WHOLE);
  }

  FakeReply with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new FakeReply(status, contentType, more, body, manner);
  }

  FakeReply sent(Manner otherManner) {
    return new FakeReply(status, contentType, headers, body, otherManner);
  }
}
