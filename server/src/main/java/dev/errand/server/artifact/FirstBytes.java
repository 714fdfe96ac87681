package dev.errand.server.artifact;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;

/// Keeps the first bytes that are written and forgets the rest.
final class FirstBytes extends OutputStream {
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private final int most;

  FirstBytes(int most) {
    this.most = most;
  }

  @Override
  public void write(int one) {
    if (kept.size() < most) {
      kept.write(one);
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    kept.write(bytes, offset, Math.min(length, most - kept.size()));
  }

  byte[] toByteArray() {
    return kept.toByteArray();
  }
}
