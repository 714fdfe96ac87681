package dev.errand.handlers.corpus;

import java.util.List;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/// What to look for: passages with any of the terms; more terms, and neighbours side by side, score
/// higher.
///
/// @param terms as [Terms] gives them
/// @param pairs terms that stand side by side in the question
public record PassageQuery(List<Weighted> terms, List<Pair> pairs) {
  private static final float IN_HEADINGS = 0.7f;
  private static final float IN_TITLE = 0.6f;
  private static final float CLOSE_TOGETHER = 0.6f;

  public record Weighted(String term, double weight) {}

  public record Pair(String first, String second) {}

  public PassageQuery {
    terms = List.copyOf(terms);
    pairs = List.copyOf(pairs);
  }

  Query toLucene() {
    var query = new BooleanQuery.Builder();
    for (var weighted : terms) {
      query.add(new BoostQuery(anywhere(weighted.term()), (float) weighted.weight()), Occur.SHOULD);
    }
    for (var pair : pairs) {
      query.add(
          new BoostQuery(
              new PhraseQuery(3, IndexedDocument.TEXT, pair.first(), pair.second()),
              CLOSE_TOGETHER),
          Occur.SHOULD);
    }
    return query.build();
  }

  private static Query anywhere(String term) {
    return new DisjunctionMaxQuery(
        List.of(
            new TermQuery(new Term(IndexedDocument.TEXT, term)),
            new BoostQuery(new TermQuery(new Term(IndexedDocument.HEADINGS, term)), IN_HEADINGS),
            new BoostQuery(new TermQuery(new Term(IndexedDocument.TITLE, term)), IN_TITLE)),
        0.5f);
  }
}
