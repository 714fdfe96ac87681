package dev.errand.handlers.search.provider;

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
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The documents in folders of this installation, each by its best passage. What has changed in a
/// folder is read before it is searched.
public final class LocalDocs implements SearchProvider {
  private static final int MOST_TERMS = 100;

  /// So many passages are looked through for documents that differ.
  private static final int PASSAGES_FOR_ONE = 5;

  private final Corpora corpora;
  private final List<Path> folders;

  public LocalDocs(Corpora corpora, List<Path> folders) {
    this.corpora = corpora;
    this.folders = List.copyOf(folders);
  }

  @Override
  public String name() {
    return "local";
  }

  @Override
  public Manners manners() {
    return new Manners(Duration.ZERO, 2);
  }

  /// Its documents may change at any moment, and asking it costs nothing.
  @Override
  public boolean isWorthRemembering() {
    return false;
  }

  @Override
  public ProviderAnswer search(SearchQuery query) throws InterruptedException {
    List<String> terms = Terms.of(query.text()).stream().distinct().limit(MOST_TERMS).toList();
    if (terms.isEmpty()) {
      return Found.free(List.of());
    }
    try {
      for (Path folder : folders) {
        corpora.refresh(folder, (_, _) -> {});
      }
      try (Library library = corpora.open(folders, List.of())) {
        return Found.free(hits(library, query, terms));
      }
    } catch (IOException _) {
      // Its message has paths, which are not for everybody who searches.
      return Failed.of(
          Kind.DOWN, "cannot read a folder of SEARCH_LOCAL_DOCS, or keep an index of it");
    }
  }

  private static List<ProviderHit> hits(Library library, SearchQuery query, List<String> terms)
      throws IOException {
    Map<String, ProviderHit> byDocument = new LinkedHashMap<>();
    for (PassageHit passage : library.search(passages(terms), PASSAGES_FOR_ONE * query.count())) {
      if (byDocument.size() < query.count() && !byDocument.containsKey(passage.location())) {
        Optional<StoredDocument> document = library.document(passage.location());
        document.ifPresent(one -> byDocument.put(passage.location(), hit(one, passage)));
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

  private static ProviderHit hit(StoredDocument document, PassageHit passage) {
    Path file = Path.of(document.location());
    String title = document.content().title();
    String published = document.content().published();
    return new ProviderHit(
        file.toUri().toString(),
        title == null ? String.valueOf(file.getFileName()) : title,
        document.text().substring(passage.start(), passage.end()).replaceAll("\\s+", " "),
        published == null ? Optional.empty() : Dates.of(published));
  }
}
