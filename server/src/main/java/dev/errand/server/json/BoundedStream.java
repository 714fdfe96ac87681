package dev.errand.server.json;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Gives up a stream that turns out longer than was agreed.
final class BoundedStream extends FilterInputStream {
  private long left;

  BoundedStream(InputStream in, long maxBytes) {
    super(in);
    this.left = maxBytes;
  }

  @Override
  public int read() throws IOException {
    int read = super.read();
    count(read < 0 ? 0 : 1);
    return read;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = super.read(bytes, offset, length);
    count(Math.max(0, read));
    return read;
  }

  private void count(int read) throws Exceeded {
    left -= read;
    if (left < 0) {
      throw new Exceeded();
    }
  }

  static final class Exceeded extends IOException {
    Exceeded() {
      super("The stream is longer than was agreed");
    }
  }
}
