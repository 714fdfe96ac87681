package dev.errand.handlers.corpus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;

/// Turns text into index terms: English stems, and identifiers also by their parts.
final class PassageAnalyzer extends Analyzer {
  private static final CharArraySet STOP_WORDS = EnglishAnalyzer.getDefaultStopSet();

  @Override
  protected TokenStreamComponents createComponents(String field) {
    var words = new StandardTokenizer();
    TokenStream terms = new IdentifierParts(new EnglishPossessiveFilter(words));
    terms = new StopFilter(new LowerCaseFilter(terms), STOP_WORDS);
    return new TokenStreamComponents(words, new PorterStemFilter(terms));
  }

  /// The terms of `text` in order, repeated ones as often as they occur.
  List<String> terms(String text, boolean withParts) {
    var terms = new ArrayList<String>();
    try (TokenStream stream = tokenStream("", text)) {
      var term = stream.getAttribute(CharTermAttribute.class);
      var position = stream.getAttribute(PositionIncrementAttribute.class);
      stream.reset();
      while (stream.incrementToken()) {
        if (withParts || position.getPositionIncrement() > 0) {
          terms.add(term.toString());
        }
      }
      stream.end();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a string in memory does not fail
    }
    return terms;
  }
}
