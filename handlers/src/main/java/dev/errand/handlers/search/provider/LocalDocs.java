package dev.errand.handlers.search.provider;

import dev.errand.engine.task.StoreUnavailable;
import dev.errand.handlers.corpus.Corpora;
import dev.errand.handlers.corpus.Library;
import dev.errand.handlers.corpus.PassageHit;
import dev.errand.handlers.corpus.PassageQuery;
import dev.errand.handlers.corpus.PassageQuery.Pair;
import dev.errand.handlers.corpus.PassageQuery.Weighted;
import dev.errand.handlers.corpus.StoredDocument;
import dev.errand.handlers.corpus.Terms;
import dev.errand.handlers.search.ProviderAnswer;
import dev.errand.handlers.search.ProviderAnswer.Failed;
import dev.errand.handlers.search.ProviderAnswer.Found;
import dev.errand.handlers.search.ProviderAnswer.Kind;
import dev.errand.handlers.search.ProviderHit;
import dev.errand.handlers.search.SearchProvider;
import dev.errand.handlers.search.SearchQuery;
import dev.errand.handlers.search.provider.OwnTexts.Folder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Searches the documents in folders of this installation, and the texts that the searcher's own
/// tasks have fetched and written. Each document is a hit with its best passage. What has changed
/// is indexed before it is searched.
public final class LocalDocs implements SearchProvider {
  private static final int MOST_TERMS = 100;

  /// Passages looked at for each hit that is wanted: several may be of one document.
  private static final int PASSAGES_FOR_ONE = 5;

  private final Corpora corpora;
  private final List<Path> folders;
  private final Optional<OwnTexts> own;

  /// @param folders for everybody
  /// @param own for each owner; absent where tasks are not searched
  public LocalDocs(Corpora corpora, List<Path> folders, Optional<OwnTexts> own) {
    this.corpora = corpora;
    this.folders = List.copyOf(folders);
    this.own = own;
  }

  @Override
  public String name() {
    return "local";
  }

  @Override
  public RateLimit rateLimit() {
    return new RateLimit(Duration.ZERO, 2);
  }

  /// Its documents may change at any moment, and asking it costs nothing.
  @Override
  public boolean isCacheable() {
    return false;
  }

  /// What is for everybody.
  @Override
  public ProviderAnswer search(SearchQuery query) throws InterruptedException {
    return search(query, Optional.empty());
  }

  @Override
  public ProviderAnswer search(SearchQuery query, String owner) throws InterruptedException {
    return search(query, Optional.of(owner));
  }

  private ProviderAnswer search(SearchQuery query, Optional<String> owner)
      throws InterruptedException {
    List<String> terms = Terms.of(query.text()).stream().distinct().limit(MOST_TERMS).toList();
    if (terms.isEmpty()) {
      return Found.free(List.of());
    }
    try {
      Optional<Folder> ownFolder = ownFolder(owner);
      List<Path> searched =
          Stream.concat(folders.stream(), ownFolder.stream().map(Folder::path)).toList();
      for (Path folder : searched) {
        corpora.refresh(folder, (_, _) -> {});
      }
      try (Library library = corpora.open(searched, List.of())) {
        return Found.free(hits(library, ownFolder, query, terms));
      }
    } catch (IOException _) {
      // Its message has paths, which are not for everybody who searches.
      return Failed.of(
          Kind.DOWN,
          "cannot read a folder of SEARCH_LOCAL_DOCS or your tasks' texts, or keep an index of it");
    } catch (StoreUnavailable _) {
      return Failed.of(Kind.DOWN, "cannot find out for now which texts are yours");
    }
  }

  private Optional<Folder> ownFolder(Optional<String> owner)
      throws IOException, InterruptedException {
    if (own.isEmpty() || owner.isEmpty()) {
      return Optional.empty();
    }
    Folder ownFolder = own.get().of(owner.get());
    for (Path folder : own.get().forgotten()) {
      corpora.refresh(folder, (_, _) -> {});
    }
    return Optional.of(ownFolder);
  }

  private static List<ProviderHit> hits(
      Library library, Optional<Folder> ownFolder, SearchQuery query, List<String> terms)
      throws IOException {
    Map<String, ProviderHit> byDocument = new LinkedHashMap<>();
    for (PassageHit passage : library.search(passages(terms), PASSAGES_FOR_ONE * query.count())) {
      if (byDocument.size() < query.count() && !byDocument.containsKey(passage.location())) {
        Optional<StoredDocument> document = library.document(passage.location());
        document
            .flatMap(one -> hit(one, passage, ownFolder))
            .ifPresent(hit -> byDocument.put(passage.location(), hit));
      }
    }
    return List.copyOf(byDocument.values());
  }

  private static PassageQuery passages(List<String> terms) {
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i + 1 < terms.size(); i++) {
      pairs.add(new Pair(terms.get(i), terms.get(i + 1)));
    }
    return new PassageQuery(terms.stream().map(term -> new Weighted(term, 1)).toList(), pairs);
  }

  private static Optional<ProviderHit> hit(
      StoredDocument document, PassageHit passage, Optional<Folder> ownFolder) {
    Path file = Path.of(document.location());
    String snippet =
        document.text().substring(passage.start(), passage.end()).replaceAll("\\s+", " ");
    Optional<String> title = Optional.ofNullable(document.content().title());
    Optional<Instant> published =
        Optional.ofNullable(document.content().published()).flatMap(Dates::of);
    if (ownFolder.isPresent() && file.startsWith(ownFolder.get().path())) {
      return ownFolder
          .get()
          .origin(file)
          .map(origin ->
              new ProviderHit(
                  origin.url(),
                  origin.title().or(() -> title).orElse(origin.url()),
                  snippet,
                  origin.published().or(() -> published)));
    }
    return Optional.of(
        new ProviderHit(
            file.toUri().toString(),
            title.orElse(String.valueOf(file.getFileName())),
            snippet,
            published));
  }
}
