package dev.errand.bench.evaluate;

import dev.errand.bench.evaluate.Cranfield.Abstract;
import dev.errand.bench.evaluate.Cranfield.Query;
import dev.errand.embeddings.MiniLm;
import dev.errand.handlers.corpus.Corpora;
import dev.errand.handlers.corpus.Library;
import dev.errand.handlers.corpus.StoredDocument;
import dev.errand.handlers.corpus.Vector;
import dev.errand.handlers.corpus.Vectors;
import dev.errand.handlers.read.Reader;
import dev.errand.handlers.research.Retrieval;
import dev.errand.handlers.research.Retrieval.Reach;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.apache.lucene.util.Version;

/// Ranks the abstracts of the Cranfield collection in every way that research can, and prints how
/// good each is beside Lucene as it comes.
public final class RetrievalEvaluation {
  /// What research reaches at least, in nDCG@10 over all queries and over those held out.
  public static final double FLOOR = 0.44;

  private static final int DEPTH = 1_000;

  /// As research looks at one question, but so far that a hundred documents are found.
  private static final int BY_WORDS = 400;

  private static final int COMPARED = 40;
  private static final String PLACE = "https://cranfield.example/";

  private final Cranfield collection;
  private final PrintStream out;
  private double peer;

  private RetrievalEvaluation(Cranfield collection, PrintStream out) {
    this.collection = collection;
    this.out = out;
  }

  /// @param cranfield the folder of the collection
  /// @param model where the embedding model is unpacked
  /// @return whether research reaches [#FLOOR], on the held-out half too
  public static boolean run(Path cranfield, Path model, PrintStream out)
      throws IOException, InterruptedException {
    return new RetrievalEvaluation(Cranfield.in(cranfield), out).run(model);
  }

  private boolean run(Path model) throws IOException, InterruptedException {
    heading();
    Vectors vectors = new Vectors(model, new MiniLm(model));
    try (PlainBm25 plain = new PlainBm25(collection.documents())) {
      List<Quality> beside = qualities(query -> plain.rank(query.text(), DEPTH));
      peer = Quality.mean(beside).ndcg();
      line("Lucene %s BM25, EnglishAnalyzer".formatted(Version.LATEST), beside);
    }
    Corpora corpora = new Corpora(model.resolve("none"), new Reader());
    try (Library library = corpora.open(List.of(), pages(corpora))) {
      line("words, one look", ours(library, Optional.empty(), false));
      line("words, two looks", ours(library, Optional.empty(), true));
      line("meaning alone", byMeaning(vectors));
      line("words and meaning, one look", ours(library, Optional.of(vectors), false));
      List<Quality> research = ours(library, Optional.of(vectors), true);
      line("words and meaning, two looks: research", research);
      return Quality.mean(research).ndcg() >= FLOOR
          && Quality.mean(half(research, true)).ndcg() >= FLOOR;
    }
  }

  private interface Ranking {
    List<Integer> of(Query query) throws IOException, InterruptedException;
  }

  private List<Quality> qualities(Ranking ranking) throws IOException, InterruptedException {
    List<Quality> qualities = new ArrayList<>();
    for (Query query : collection.queries()) {
      qualities.add(Quality.of(ranking.of(query), query.relevant()));
    }
    return qualities;
  }

  private List<Quality> ours(Library library, Optional<Vectors> vectors, boolean twice)
      throws IOException, InterruptedException {
    Retrieval retrieval = Retrieval.of(library, vectors, new Reach(BY_WORDS, COMPARED, twice));
    return qualities(query ->
        retrieval.documents(query.text()).stream()
            .map(place -> Integer.valueOf(place.substring(PLACE.length())))
            .toList());
  }

  /// Each abstract as one text, of which the model reads the beginning.
  private List<Quality> byMeaning(Vectors vectors) throws IOException, InterruptedException {
    List<Integer> numbers = collection.documents().keySet().stream().sorted().toList();
    List<Vector> abstracts =
        vectors.of(
            numbers.stream()
                .map(collection.documents()::get)
                .map(one -> one.title() + "\n" + one.text())
                .toList());
    return qualities(query -> {
      Vector asked = vectors.of(List.of(query.text())).getFirst();
      List<Integer> order = new ArrayList<>();
      for (int i = 0; i < numbers.size(); i++) {
        order.add(i);
      }
      order.sort(Comparator.comparingDouble(i -> -asked.cosine(abstracts.get(i))));
      return order.stream().limit(DEPTH).map(numbers::get).toList();
    });
  }

  /// Two abstracts are empty.
  private List<StoredDocument> pages(Corpora corpora) throws IOException {
    List<StoredDocument> pages = new ArrayList<>();
    for (Integer number : collection.documents().keySet().stream().sorted().toList()) {
      Abstract one = Objects.requireNonNull(collection.documents().get(number));
      if (!one.paragraphs().isEmpty()) {
        pages.add(
            corpora.read(
                html(one).getBytes(StandardCharsets.UTF_8),
                Optional.of("text/html; charset=utf-8"),
                URI.create(PLACE + number)));
      }
    }
    return pages;
  }

  private static String html(Abstract one) {
    StringBuilder html = new StringBuilder("<!doctype html><html><head><title>");
    html.append(escaped(one.title())).append("</title></head><body><article><h1>");
    html.append(escaped(one.title())).append("</h1>");
    one.paragraphs().forEach(text -> html.append("<p>").append(escaped(text)).append("</p>"));
    return html.append("</article></body></html>").toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }

  private void heading() {
    out.printf(
        "%d abstracts, %d queries; weights were fitted on the odd ones%n%n",
        collection.documents().size(), collection.queries().size());
    out.println(
        "| Cranfield | nDCG@10 | beside Lucene | odd queries | even (held out) | MAP | P@5 | R@100 |");
    out.println("| --- | --- | --- | --- | --- | --- | --- | --- |");
  }

  private void line(String what, List<Quality> qualities) {
    Quality all = Quality.mean(qualities);
    out.printf(
        Locale.ROOT,
        "| %s | %.3f | %.2f | %.3f | %.3f | %.3f | %.3f | %.3f |%n",
        what,
        all.ndcg(),
        all.ndcg() / peer,
        Quality.mean(half(qualities, false)).ndcg(),
        Quality.mean(half(qualities, true)).ndcg(),
        all.map(),
        all.precision(),
        all.recall());
  }

  private List<Quality> half(List<Quality> qualities, boolean heldOut) {
    return collection.queries().stream()
        .filter(query -> query.heldOut() == heldOut)
        .map(query -> qualities.get(query.number() - 1))
        .toList();
  }
}
