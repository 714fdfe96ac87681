package dev.errand.handlers.corpus;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/// A stored document as text, for places that keep text.
public final class Packed {
  private Packed() {}

  public static String pack(StoredDocument document) {
    var bytes = new ByteArrayOutputStream();
    try (var deflated = new DeflaterOutputStream(bytes)) {
      deflated.write(StoredBytes.write(document));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // an array in memory does not fail
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  public static StoredDocument unpack(String packed) {
    var bytes = new ByteArrayInputStream(Base64.getDecoder().decode(packed));
    try (var inflated = new InflaterInputStream(bytes)) {
      var document = inflated.readAllBytes();
      return StoredBytes.read(document, 0, document.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
