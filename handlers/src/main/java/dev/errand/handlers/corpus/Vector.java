package dev.errand.handlers.corpus;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/// The embedding of a text, quantised to one byte a dimension. Immutable.
///
/// Quantised at once, and not only on disk, so that a report does not depend on whether a vector
/// was fresh or remembered.
public final class Vector {
  private final byte[] parts;
  private final double length;

  private Vector(byte[] parts) {
    this.parts = parts;
    this.length = Math.sqrt(product(parts, parts));
  }

  static Vector of(float[] embedded) {
    float largest = 1e-6f;
    for (float part : embedded) {
      largest = Math.max(largest, Math.abs(part));
    }
    var parts = new byte[embedded.length];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = (byte) Math.round(embedded[i] / largest * 127);
    }
    return new Vector(parts);
  }

  /// The cosine similarity, -1 to 1: 1 for the same meaning, about 0 for unrelated texts.
  public double cosine(Vector other) {
    double lengths = length * other.length;
    return lengths == 0 ? 0 : product(parts, other.parts) / lengths;
  }

  private static int product(byte[] one, byte[] other) {
    int sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += one[i] * other[i];
    }
    return sum;
  }

  void write(DataOutputStream out) throws IOException {
    out.writeShort(parts.length);
    out.write(parts);
  }

  static Vector read(DataInputStream in) throws IOException {
    var parts = new byte[in.readUnsignedShort()];
    in.readFully(parts);
    return new Vector(parts);
  }
}
