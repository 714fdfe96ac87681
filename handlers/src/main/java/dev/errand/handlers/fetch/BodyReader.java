package dev.errand.handlers.fetch;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.NameValuePair;

/// Reads the body of an answer within bounds: of its size on the wire, of its size decompressed,
/// and of the ratio of the two.
final class BodyReader {
  private static final Set<String> GZIP = Set.of("gzip", "x-gzip");
  private static final Set<String> PLAIN = Set.of("", "identity");
  private static final int MAX_RATIO = 100;

  /// A small page of one repeated line compresses well and does no harm.
  private static final int RATIO_COUNTS_FROM = 1024 * 1024;

  private final FetchRules rules;

  BodyReader(FetchRules rules) {
    this.rules = rules;
  }

  /// The body of an answer, empty where it has none.
  ///
  /// @throws Unusable when the body exceeds a bound or has an encoding that was not asked for
  byte[] read(ClassicHttpResponse answer) throws IOException {
    HttpEntity entity = answer.getEntity();
    if (entity == null) {
      return new byte[0];
    }
    if (entity.getContentLength() > rules.maxWireBytes()) {
      throw tooLarge(rules.maxWireBytes());
    }
    String encoding =
        Stream.of(answer.getHeaders(HttpHeaders.CONTENT_ENCODING))
            .map(NameValuePair::getValue)
            .collect(Collectors.joining(", "));
    return read(entity.getContent(), encoding);
  }

  /// Leaves `body` open.
  ///
  /// @param encoding of the content, empty when there is none
  /// @throws Unusable when the body exceeds a bound or has an encoding that was not asked for
  private byte[] read(InputStream body, String encoding) throws IOException {
    String name = encoding.strip().toLowerCase(Locale.ROOT);
    Wire wire = new Wire(body, rules.maxWireBytes());
    if (PLAIN.contains(name)) {
      return bounded(wire, wire);
    }
    if (!GZIP.contains(name)) {
      throw new Unusable("the body is encoded as " + name + ", which was not asked for");
    }
    try (GZIPInputStream unzipped = new GZIPInputStream(wire, 8_192)) {
      return bounded(unzipped, wire);
    }
  }

  private byte[] bounded(InputStream in, Wire wire) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[16_384];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      out.write(buffer, 0, n);
      if (out.size() > rules.maxBodyBytes()) {
        throw tooLarge(rules.maxBodyBytes());
      }
      if (out.size() > RATIO_COUNTS_FROM && out.size() / MAX_RATIO > wire.taken()) {
        throw new Unusable("the body grows a hundredfold when it is decompressed");
      }
    }
    return out.toByteArray();
  }

  private static Unusable tooLarge(int max) {
    return new Unusable("the body is larger than %d bytes".formatted(max));
  }

  /// Counts what comes over the wire and stops at the bound.
  private static final class Wire extends FilterInputStream {
    private final int max;
    private long taken;

    Wire(InputStream in, int max) {
      super(in);
      this.max = max;
    }

    long taken() {
      return taken;
    }

    @Override
    public int read() throws IOException {
      int octet = super.read();
      count(octet < 0 ? 0 : 1);
      return octet;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int n = super.read(buffer, offset, length);
      count(Math.max(n, 0));
      return n;
    }

    /// The connection belongs to the exchange.
    @Override
    public void close() {}

    private void count(int more) throws Unusable {
      taken += more;
      if (taken > max) {
        throw tooLarge(max);
      }
    }
  }

  /// The body cannot be used, now or later.
  static final class Unusable extends IOException {
    Unusable(String why) {
      super(why);
    }
  }
}
