package dev.errand.handlers.research;

import dev.errand.handlers.corpus.StoredDocument;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Numbers the documents a report quotes, in the order in which they are first quoted.
final class SourceList {
  private final Map<String, Report.Source> byLocation = new LinkedHashMap<>();
  private final List<String> folders;
  private final Map<String, Instant> fetchedAt;

  SourceList(Fetched fetched) {
    this.folders = fetched.folders().stream().map(Fetched.Folder::path).toList();
    this.fetchedAt = fetched.times();
  }

  int numberOf(StoredDocument document) {
    return byLocation
        .computeIfAbsent(document.location(), location -> source(document, byLocation.size() + 1))
        .number();
  }

  List<Report.Source> sources() {
    return List.copyOf(byLocation.values());
  }

  private Report.Source source(StoredDocument document, int number) {
    return new Report.Source(
        number,
        document.location(),
        name(document.location()),
        Optional.ofNullable(document.content().title()),
        Optional.ofNullable(document.content().published()),
        document.sha256(),
        document.textSha256(),
        Optional.ofNullable(fetchedAt.get(document.location())),
        Optional.empty(),
        Optional.empty());
  }

  /// Below its folder; after the folder's own name when there are several.
  private String name(String location) {
    for (String folder : folders) {
      var root = Path.of(folder);
      if (!fetchedAt.containsKey(location) && Path.of(location).startsWith(root)) {
        var below = folders.size() > 1 && root.getParent() instanceof Path parent ? parent : root;
        return below.relativize(Path.of(location)).toString();
      }
    }
    return location;
  }
}
