package dev.errand.handlers.corpus;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.MultiReader;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;

/// Documents and their passages as they were when the library was opened.
///
/// Not thread-safe. Results depend on the documents only, not on when or in what order they were
/// indexed.
public final class Library implements Closeable {
  /// By score; passages of the same score in the order of their places.
  private static final Sort BY_SCORE =
      new Sort(SortField.FIELD_SCORE, new SortField(IndexedDocument.PLACE, SortField.Type.STRING));

  private static final int DOCUMENTS_AT_HAND = 64;

  private final IndexReader reader;
  private final IndexSearcher searcher;
  private final Map<String, Integer> frequencies = new HashMap<>();

  private final Map<String, Optional<StoredDocument>> documents =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Optional<StoredDocument>> eldest) {
          return size() > DOCUMENTS_AT_HAND;
        }
      };

  Library(List<IndexReader> readers) throws IOException {
    this.reader = new MultiReader(readers.toArray(IndexReader[]::new), true);
    this.searcher = new IndexSearcher(reader);
  }

  /// How many documents hold text.
  public int documents() throws IOException {
    return reader.docFreq(IndexedDocument.readable());
  }

  public int passages() throws IOException {
    return reader.getDocCount(IndexedDocument.TEXT);
  }

  /// In how many passages `term` occurs, in text or headings.
  public int frequency(String term) throws IOException {
    var known = frequencies.get(term);
    if (known == null) {
      known =
          Math.max(
              reader.docFreq(new Term(IndexedDocument.TEXT, term)),
              reader.docFreq(new Term(IndexedDocument.HEADINGS, term)));
      frequencies.put(term, known);
    }
    return known;
  }

  /// The inverse document frequency of `term` as BM25 has it, with passages for documents: the
  /// rarer a term, the more it tells.
  public double idf(String term) throws IOException {
    double frequency = frequency(term);
    return Math.log(1 + (passages() - frequency + 0.5) / (frequency + 0.5));
  }

  /// At most `limit` passages, the best first.
  public List<PassageHit> search(PassageQuery query, int limit) throws IOException {
    var found = searcher.search(query.toLucene(), limit, BY_SCORE, true);
    var hits = new ArrayList<PassageHit>();
    for (var hit : found.scoreDocs) {
      hits.add(hit(hit));
    }
    return hits;
  }

  private PassageHit hit(ScoreDoc found) throws IOException {
    LeafReaderContext leaf = reader.leaves().get(ReaderUtil.subIndex(found.doc, reader.leaves()));
    int doc = found.doc - leaf.docBase;
    var place = DocValues.getSorted(leaf.reader(), IndexedDocument.PLACE);
    place.advanceExact(doc);
    var text = place.lookupOrd(place.ordValue()).utf8ToString();
    return new PassageHit(
        text.substring(0, text.lastIndexOf('#')),
        number(leaf, IndexedDocument.START, doc),
        number(leaf, IndexedDocument.END, doc),
        found.score);
  }

  private static int number(LeafReaderContext leaf, String field, int doc) throws IOException {
    var values = DocValues.getNumeric(leaf.reader(), field);
    values.advanceExact(doc);
    return Math.toIntExact(values.longValue());
  }

  /// The document at `location`; empty when there is none.
  public Optional<StoredDocument> document(String location) throws IOException {
    var known = documents.get(location);
    if (known == null) {
      known = load(location);
      documents.put(location, known);
    }
    return known;
  }

  private Optional<StoredDocument> load(String location) throws IOException {
    var found = searcher.search(new TermQuery(IndexedDocument.wholeOf(location)), 1);
    if (found.scoreDocs.length == 0) {
      return Optional.empty();
    }
    var entry = searcher.storedFields().document(found.scoreDocs[0].doc);
    return Optional.ofNullable(entry.getBinaryValue(IndexedDocument.CONTENT))
        .map(bytes -> DocumentCodec.fromBytes(bytes.bytes, bytes.offset, bytes.length));
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
