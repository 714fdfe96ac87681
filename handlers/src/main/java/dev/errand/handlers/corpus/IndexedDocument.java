package dev.errand.handlers.corpus;

import dev.errand.handlers.read.Document.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.index.Term;
import org.apache.lucene.util.BytesRef;

/// A document in the index: one entry for the whole document, and one for each of its passages.
final class IndexedDocument {
  /// On all entries of a document.
  static final String LOCATION = "location";

  /// On the entry for the whole.
  static final String WHOLE = "whole";

  /// On the entry for the whole of a document in which text was found.
  static final String READABLE = "readable";

  static final String STATE = "state";
  static final String CONTENT = "content";

  /// On the entries for passages. The place orders them: location, then position.
  static final String PLACE = "place";

  static final String BLOCK = "block";
  static final String START = "start";
  static final String END = "end";
  static final String TEXT = "text";
  static final String HEADINGS = "headings";
  static final String TITLE = "title";

  /// For text in which no phrases are looked for.
  private static final FieldType WITHOUT_POSITIONS = withoutPositions();

  private IndexedDocument() {}

  private static FieldType withoutPositions() {
    var type = new FieldType(TextField.TYPE_NOT_STORED);
    type.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
    type.freeze();
    return type;
  }

  static Term entriesOf(String location) {
    return new Term(LOCATION, location);
  }

  static Term readable() {
    return new Term(READABLE, "yes");
  }

  static Term wholeOf(String location) {
    return new Term(WHOLE, location);
  }

  /// @param document absent when the file could not be read: then only its state is kept
  static List<Iterable<? extends IndexableField>> entries(
      String location, FileState state, Optional<StoredDocument> document) {
    var entries = new ArrayList<Iterable<? extends IndexableField>>();
    entries.add(whole(location, state, document));
    document.ifPresent(stored -> {
      for (var passage : Passages.of(stored.content())) {
        entries.add(passage(stored, passage));
      }
    });
    return entries;
  }

  private static Document whole(
      String location, FileState state, Optional<StoredDocument> document) {
    var entry = new Document();
    entry.add(new StringField(LOCATION, location, Field.Store.NO));
    entry.add(new StringField(WHOLE, location, Field.Store.NO));
    entry.add(new BinaryDocValuesField(STATE, new BytesRef(state.toBytes())));
    document.ifPresent(stored -> {
      entry.add(new StringField(READABLE, readable().text(), Field.Store.NO));
      entry.add(new StoredField(CONTENT, DocumentCodec.toBytes(stored)));
    });
    return entry;
  }

  private static Document passage(StoredDocument stored, Passage passage) {
    Block first = stored.content().blocks().get(passage.firstBlock());
    var entry = new Document();
    entry.add(new StringField(LOCATION, stored.location(), Field.Store.NO));
    entry.add(
        new SortedDocValuesField(
            PLACE, new BytesRef("%s#%09d".formatted(stored.location(), passage.start()))));
    entry.add(new NumericDocValuesField(BLOCK, passage.firstBlock()));
    entry.add(new NumericDocValuesField(START, passage.start()));
    entry.add(new NumericDocValuesField(END, passage.end()));
    entry.add(
        new TextField(
            TEXT, stored.text().substring(passage.start(), passage.end()), Field.Store.NO));
    entry.add(new Field(HEADINGS, String.join(" / ", first.headings()), WITHOUT_POSITIONS));
    String title = stored.content().title();
    if (title != null) {
      entry.add(new Field(TITLE, title, WITHOUT_POSITIONS));
    }
    return entry;
  }
}
