package dev.errand.handlers.fetch;

import dev.errand.handlers.fetch.Exchange.Response;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.hc.core5.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/// A page or a redirect as the cache keeps it.
///
/// @param contentType as the server said it
/// @param location where a redirect leads; absent for a page
/// @param zipped the bytes of a page; absent for a redirect
/// @param etag the page's version, for If-None-Match
/// @param lastModified its date, for If-Modified-Since
/// @param at when the server last confirmed it
/// @param freshUntil from when on the server must be asked again
record CachedResponse(
    int status,
    @Nullable String contentType,
    @Nullable String location,
    @Nullable String zipped,
    @Nullable String etag,
    @Nullable String lastModified,
    Instant at,
    Instant freshUntil) {

  static CachedResponse of(Response.Page page, Instant freshUntil) {
    return new CachedResponse(
        page.status(),
        page.contentType().orElse(null),
        null,
        GzipText.of(page.body().bytes()),
        page.caching().etag().orElse(null),
        page.caching().lastModified().orElse(null),
        page.at(),
        freshUntil);
  }

  static CachedResponse of(Response.Redirect redirect, Instant freshUntil) {
    return new CachedResponse(
        redirect.status(), null, redirect.location(), null, null, null, redirect.at(), freshUntil);
  }

  /// The same page after the server answered that it has not changed; its validators are updated
  /// (RFC 9111, 4.3.4).
  CachedResponse renewed(Response.Unchanged unchanged, Instant until) {
    return new CachedResponse(
        status,
        contentType,
        location,
        zipped,
        unchanged.caching().etag().orElse(etag),
        unchanged.caching().lastModified().orElse(lastModified),
        unchanged.at(),
        until);
  }

  boolean isFresh(Instant now) {
    return now.isBefore(freshUntil);
  }

  Optional<FetchResult.Body> body() {
    return Optional.ofNullable(zipped).map(bytes -> new FetchResult.Body(GzipText.bytes(bytes)));
  }

  /// The headers of a request that asks whether the page has changed (RFC 9110, 13.1); empty when
  /// there is no validator.
  Map<String, String> conditions() {
    Map<String, String> conditions = new LinkedHashMap<>();
    if (etag != null) {
      conditions.put(HttpHeaders.IF_NONE_MATCH, etag);
    }
    if (lastModified != null) {
      conditions.put(HttpHeaders.IF_MODIFIED_SINCE, lastModified);
    }
    return conditions;
  }
}
