package dev.errand.server.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Bytes in a row.
final class Bytes {
  private final ByteArrayOutputStream all = new ByteArrayOutputStream();

  Bytes text(String latin) {
    return bytes(latin.getBytes(StandardCharsets.ISO_8859_1));
  }

  Bytes bytes(byte[] more) {
    all.writeBytes(more);
    return this;
  }

  byte[] toBytes() {
    return all.toByteArray();
  }
}
