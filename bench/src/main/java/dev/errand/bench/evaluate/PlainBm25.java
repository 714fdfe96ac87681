package dev.errand.bench.evaluate;

import dev.errand.bench.evaluate.Cranfield.Abstract;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;

/// The baseline: Lucene's BM25 as it comes, each abstract one document with one field.
final class PlainBm25 implements AutoCloseable {
  private static final String TEXT = "text";
  private static final String NUMBER = "number";

  private final Analyzer analyzer = new EnglishAnalyzer();
  private final DirectoryReader reader;
  private final IndexSearcher searcher;

  PlainBm25(Map<Integer, Abstract> documents) throws IOException {
    ByteBuffersDirectory directory = new ByteBuffersDirectory();
    try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(analyzer))) {
      for (Integer number : documents.keySet().stream().sorted().toList()) {
        Document entry = new Document();
        Abstract one = Objects.requireNonNull(documents.get(number));
        entry.add(new StoredField(NUMBER, number));
        entry.add(new TextField(TEXT, one.title() + "\n" + one.text(), Field.Store.NO));
        writer.addDocument(entry);
      }
    }
    reader = DirectoryReader.open(directory);
    searcher = new IndexSearcher(reader);
  }

  List<Integer> rank(String query, int most) throws IOException {
    BooleanQuery.Builder words = new BooleanQuery.Builder();
    try (var stream = analyzer.tokenStream(TEXT, query)) {
      CharTermAttribute word = stream.getAttribute(CharTermAttribute.class);
      stream.reset();
      while (stream.incrementToken()) {
        words.add(new TermQuery(new Term(TEXT, word.toString())), Occur.SHOULD);
      }
      stream.end();
    }
    List<Integer> ranking = new ArrayList<>();
    for (var hit : searcher.search(words.build(), most).scoreDocs) {
      ranking.add(
          searcher.storedFields().document(hit.doc).getField(NUMBER).numericValue().intValue());
    }
    return ranking;
  }

  @Override
  public void close() throws IOException {
    reader.close();
    analyzer.close();
  }
}
