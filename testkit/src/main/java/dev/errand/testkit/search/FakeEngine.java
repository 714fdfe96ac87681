package dev.errand.testkit.search;

import java.util.Map;
import java.util.Optional;

/// One search engine: checks a request as strictly as the real one's documentation says, and
/// answers in the real one's words.
interface FakeEngine {

  /// Such as `brave`; also the path below which it is found.
  String name();

  /// What is wrong with the request; empty when the engine would take it.
  Optional<FakeReply> refusal(FakeAsk ask);

  /// What the request looks for.
  String text(FakeAsk ask);

  /// The usual answer to a request that was not refused.
  FakeReply answer(FakeAsk ask, FakePages pages);

  /// Ways to fail beside those of every server, by name.
  Map<String, FakeReply> failures();
}
