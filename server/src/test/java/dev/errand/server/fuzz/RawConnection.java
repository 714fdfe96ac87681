package dev.errand.server.fuzz;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// HTTP/1.1 that sends whatever it is given.
public final class RawConnection implements AutoCloseable {
  private static final int SILENCE_MILLIS = 30_000;

  private final int port;
  private @Nullable Socket socket;
  private @Nullable InputStream in;

  public RawConnection(int port) {
    this.port = port;
  }

  /// @throws IOException when there is no proper answer
  public RawAnswer exchange(Draft draft) throws IOException {
    byte[] request = draft.bytes();
    boolean fresh = socket == null;
    try {
      return attempt(draft, request);
    } catch (SocketException | EOFException e) {
      close();
      if (fresh) {
        throw e;
      }
      // The server had closed a connection that was kept for this request.
      return attempt(draft, request);
    }
  }

  private RawAnswer attempt(Draft draft, byte[] request) throws IOException {
    if (draft.brokenOff) {
      close();
    }
    InputStream answer = open();
    Socket open = Objects.requireNonNull(socket);
    try {
      open.getOutputStream().write(request);
    } catch (SocketException e) {
      // What is refused early may not be read to its end; the answer is there all the same.
      if (!draft.brokenOff) {
        throw e;
      }
    }
    if (draft.brokenOff) {
      open.shutdownOutput();
    }
    RawAnswer read = read(answer, draft.method.equals("HEAD"));
    boolean last =
        draft.brokenOff
            || read.endless()
            || read.headers().getOrDefault("connection", "").equalsIgnoreCase("close");
    if (last) {
      close();
    }
    return read;
  }

  private InputStream open() throws IOException {
    if (in == null) {
      Socket opened = new Socket(InetAddress.getLoopbackAddress(), port);
      opened.setSoTimeout(SILENCE_MILLIS);
      opened.setTcpNoDelay(true);
      socket = opened;
      in = new BufferedInputStream(opened.getInputStream(), 1 << 16);
    }
    return in;
  }

  private static RawAnswer read(InputStream in, boolean head) throws IOException {
    while (true) {
      String start = line(in);
      if (!start.matches("HTTP/1\\.1 \\d{3}.*")) {
        throw new IOException("No status line: " + start);
      }
      int status = Integer.parseInt(start.substring(9, 12));
      Map<String, String> headers = headers(in);
      if (status >= 200) {
        boolean endless = headers.getOrDefault("content-type", "").startsWith("text/event-stream");
        boolean none = head || endless || status == 204 || status == 304;
        String body = none ? "" : new String(body(in, headers), StandardCharsets.UTF_8);
        return new RawAnswer(status, headers, body, endless);
      }
    }
  }

  private static Map<String, String> headers(InputStream in) throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return headers;
  }

  private static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
    if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
      return chunks(in);
    }
    String length = headers.get("content-length");
    return length == null ? in.readAllBytes() : exactly(in, Integer.parseInt(length));
  }

  private static byte[] chunks(InputStream in) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      int size = Integer.parseInt(line(in).replaceFirst(";.*", "").strip(), 16);
      body.writeBytes(exactly(in, size));
      line(in);
      if (size == 0) {
        return body.toByteArray();
      }
    }
  }

  private static byte[] exactly(InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("The answer was cut");
    }
    return bytes;
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int one = in.read(); one != '\n'; one = in.read()) {
      if (one < 0) {
        throw new EOFException("No answer, or a cut one");
      }
      line.write(one);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }

  @Override
  public void close() throws IOException {
    if (socket != null) {
      socket.close();
    }
    socket = null;
    in = null;
  }
}
