package dev.errand.handlers.corpus;

import dev.errand.handlers.read.Document;
import dev.errand.handlers.read.Document.Block;
import dev.errand.handlers.read.Document.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/// A stored document as bytes or as text, and back. Marks and links are not kept; how much of the
/// text was links is.
public final class DocumentCodec {
  private static final List<Kind> KINDS = List.of(Kind.values());

  private DocumentCodec() {}

  /// For places that keep text: compressed, in base64.
  public static String toText(StoredDocument document) {
    var bytes = new ByteArrayOutputStream();
    try (var deflated = new DeflaterOutputStream(bytes)) {
      deflated.write(toBytes(document));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // an array in memory does not fail
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  public static StoredDocument fromText(String text) {
    var bytes = new ByteArrayInputStream(Base64.getDecoder().decode(text));
    try (var inflated = new InflaterInputStream(bytes)) {
      var document = inflated.readAllBytes();
      return fromBytes(document, 0, document.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] toBytes(StoredDocument stored) {
    var bytes = new ByteArrayOutputStream(stored.text().length() + 1024);
    try (var out = new DataOutputStream(bytes)) {
      write(out, stored.location());
      write(out, stored.sha256());
      write(out, stored.textSha256());
      out.writeDouble(stored.linkShare());
      out.writeLong(stored.fingerprint());
      write(out, stored.content());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // an array in memory does not fail
    }
    return bytes.toByteArray();
  }

  static StoredDocument fromBytes(byte[] bytes, int offset, int length) {
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes, offset, length))) {
      return new StoredDocument(
          text(in), text(in), text(in), in.readDouble(), in.readLong(), content(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(DataOutputStream out, Document content) throws IOException {
    write(out, content.text());
    writeNullable(out, content.title());
    writeNullable(out, content.author());
    writeNullable(out, content.published());
    writeNullable(out, content.language());
    write(out, content.type());
    write(out, content.strategy());
    out.writeDouble(content.confidence());
    out.writeInt(content.blocks().size());
    List<String> headings = List.of();
    for (Block block : content.blocks()) {
      out.writeByte(KINDS.indexOf(block.kind()));
      out.writeInt(block.start());
      out.writeInt(block.end());
      boolean same = block.headings().equals(headings);
      out.writeByte(same ? -1 : block.headings().size());
      if (!same) {
        headings = block.headings();
        for (String heading : headings) {
          write(out, heading);
        }
      }
    }
  }

  private static Document content(DataInputStream in) throws IOException {
    var text = text(in);
    var title = nullable(in);
    var author = nullable(in);
    var published = nullable(in);
    var language = nullable(in);
    var type = text(in);
    var strategy = text(in);
    double confidence = in.readDouble();
    int count = in.readInt();
    var blocks = new ArrayList<Block>(count);
    List<String> headings = List.of();
    for (int i = 0; i < count; i++) {
      var kind = KINDS.get(in.readByte());
      int start = in.readInt();
      int end = in.readInt();
      int depth = in.readByte();
      if (depth >= 0) {
        headings = texts(in, depth);
      }
      blocks.add(new Block(kind, headings, start, end));
    }
    return new Document(
        text,
        title,
        author,
        published,
        language,
        blocks,
        List.of(),
        List.of(),
        type,
        strategy,
        confidence);
  }

  private static List<String> texts(DataInputStream in, int count) throws IOException {
    var texts = new ArrayList<String>(count);
    for (int i = 0; i < count; i++) {
      texts.add(text(in));
    }
    return List.copyOf(texts);
  }

  private static void write(DataOutputStream out, String text) throws IOException {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String text(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
  }

  private static void writeNullable(DataOutputStream out, @Nullable String text)
      throws IOException {
    out.writeBoolean(text != null);
    if (text != null) {
      write(out, text);
    }
  }

  private static @Nullable String nullable(DataInputStream in) throws IOException {
    return in.readBoolean() ? text(in) : null;
  }
}
