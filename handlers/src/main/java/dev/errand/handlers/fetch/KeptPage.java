package dev.errand.handlers.fetch;

import org.jspecify.annotations.Nullable;

/// A fetched page as a step keeps it, so that a later attempt does not fetch it again.
///
/// @param finalUrl where it came from
/// @param contentType as the server said it
/// @param zipped the bytes
record KeptPage(String finalUrl, int status, @Nullable String contentType, String zipped) {

  static KeptPage of(Fetched.Page page) {
    return new KeptPage(
        page.address().toString(),
        page.status(),
        page.contentType().orElse(null),
        Zipped.of(page.body().bytes()));
  }

  byte[] content() {
    return Zipped.bytes(zipped);
  }
}
