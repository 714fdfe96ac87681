package dev.errand.handlers.research;

import dev.errand.handlers.corpus.DocumentCodec;
import dev.errand.handlers.corpus.StoredDocument;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The folders and pages that were read.
record Fetched(List<Folder> folders, List<Page> pages) {

  /// @param documents readable ones
  /// @param unreadable files in which nothing could be read
  record Folder(String path, int documents, int unreadable) {}

  /// @param url as asked for
  /// @param location where it was found in the end
  /// @param document as [DocumentCodec] writes it; absent when the page could not be read
  /// @param problem why it could not be read
  record Page(
      String url,
      String location,
      Optional<Instant> fetchedAt,
      Optional<String> document,
      Optional<String> problem) {

    static Page read(String url, Instant fetchedAt, StoredDocument document) {
      return new Page(
          url,
          document.location(),
          Optional.of(fetchedAt),
          Optional.of(DocumentCodec.toText(document)),
          Optional.empty());
    }

    static Page notRead(String url, String problem) {
      return new Page(url, url, Optional.empty(), Optional.empty(), Optional.of(problem));
    }
  }

  /// When each page was fetched, by its location.
  Map<String, Instant> times() {
    var times = new HashMap<String, Instant>();
    for (var page : pages) {
      page.fetchedAt().ifPresent(at -> times.putIfAbsent(page.location(), at));
    }
    return times;
  }

  /// Each once: two addresses may lead to the same page.
  List<StoredDocument> readPages() {
    var read = new LinkedHashMap<String, StoredDocument>();
    pages.stream()
        .flatMap(page -> page.document().stream())
        .map(DocumentCodec::fromText)
        .forEach(page -> read.putIfAbsent(page.location(), page));
    return List.copyOf(read.values());
  }

  int documents() {
    return folders.stream().mapToInt(Folder::documents).sum()
        + (int) pages.stream().filter(page -> page.document().isPresent()).count();
  }
}
