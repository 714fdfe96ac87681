package dev.errand.handlers.fetch;

import org.jspecify.annotations.Nullable;

/// A fetched page as the step stores it: a later attempt does not fetch it again.
///
/// @param finalUrl where it came from
/// @param contentType as the server said it
/// @param zipped the bytes
record FetchedPage(String finalUrl, int status, @Nullable String contentType, String zipped) {

  static FetchedPage of(FetchResult.Page page) {
    return new FetchedPage(
        page.address().toString(),
        page.status(),
        page.contentType().orElse(null),
        GzipText.of(page.body().bytes()));
  }

  byte[] content() {
    return GzipText.bytes(zipped);
  }
}
