package dev.errand.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// A process that follows tasks on very many connections. It has one thread and allocates little,
/// so that the server has the processors.
///
/// Says `connected` once everyone has the first event, and at the end `measured` with the median,
/// the 99th percentile and the most of milliseconds, the 99th percentile by WebSocket alone, and
/// how many events were received, missing and doubled.
final class FollowerLoad {
  /// Every so many follow by WebSocket.
  private static final int WEB_SOCKET_EVERY = 10;

  /// So many may wait for their first event at a time. A server refuses some of those who come all
  /// at once; they would come back a little later.
  private static final int BEGINNING = 200;

  /// What a server that has just begun to run does is left out.
  private static final int WARM_UP_EVENTS = 20;

  private static final String SSE =
      """
      GET /tasks/%s/events HTTP/1.1\r
      Host: %s\r
      Authorization: Bearer %s\r
      Accept: text/event-stream\r
      \r
      """;

  private static final String WEB_SOCKET =
      """
      GET /tasks/%s/live HTTP/1.1\r
      Host: %s\r
      Authorization: Bearer %s\r
      Connection: Upgrade\r
      Upgrade: websocket\r
      Sec-WebSocket-Version: 13\r
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
      \r
      """;

  private final Selector selector = Selector.open();
  private final URI server;
  private final String token;
  private final ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
  private final Percentiles all = new Percentiles();
  private final Percentiles byWebSocket = new Percentiles();
  private int begun;
  private int ended;
  private long received;
  private long missing;
  private long doubled;

  private FollowerLoad(URI server, String token) throws IOException {
    this.server = server;
    this.token = token;
  }

  public static void main(String[] args) throws IOException {
    FollowerLoad load = new FollowerLoad(URI.create(args[0]), LoadProcess.token());
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    load.run(
        Integer.parseInt(args[1]), List.of(Objects.requireNonNull(in.readLine()).split(" ", -1)));
  }

  private void run(int followers, List<String> tasks) throws IOException {
    for (int i = 0; i < followers; i++) {
      connect(tasks.get(i % tasks.size()), i % WEB_SOCKET_EVERY == 0);
      while (i + 1 - begun > BEGINNING) {
        selector.select(this::read);
      }
    }
    while (begun < followers) {
      selector.select(this::read);
    }
    System.out.println("connected");
    while (ended < followers) {
      selector.select(this::read);
    }
    System.out.printf(
        Locale.ROOT,
        "measured %.2f %.2f %.2f %.2f %d %d %d%n",
        all.of(0.5),
        all.of(0.99),
        all.of(1),
        byWebSocket.of(0.99),
        received,
        missing,
        doubled);
  }

  private void connect(String task, boolean webSocket) throws IOException {
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.ofLiteral(server.getHost()), server.getPort());
    SocketChannel channel = SocketChannel.open(address);
    String request = (webSocket ? WEB_SOCKET : SSE).formatted(task, server.getAuthority(), token);
    channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, new Follower(webSocket));
  }

  private void read(SelectionKey key) {
    try {
      Follower follower = (Follower) key.attachment();
      SocketChannel channel = (SocketChannel) key.channel();
      buffer.clear();
      buffer.put(follower.rest);
      int count;
      try {
        count = channel.read(buffer);
      } catch (IOException _) {
        count = -1;
      }
      long now = micros(Instant.now());
      buffer.flip();
      follower.take(buffer, now);
      if (count < 0 || follower.over) {
        // The server would keep the connection for another request.
        key.cancel();
        channel.close();
        follower.end();
        return;
      }
      follower.rest = new byte[buffer.remaining()];
      buffer.get(follower.rest);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long micros(Instant moment) {
    return moment.getEpochSecond() * 1_000_000 + moment.getNano() / 1_000;
  }

  /// One connection.
  private final class Follower {
    private static final byte[] NOTHING = {};
    private final boolean webSocket;
    private boolean headRead;
    private boolean over;
    private long last;
    private byte[] rest = NOTHING;

    Follower(boolean webSocket) {
      this.webSocket = webSocket;
    }

    /// Takes whole messages and leaves the beginning of the next one.
    void take(ByteBuffer bytes, long now) throws IOException {
      if (!headRead) {
        int end = find(bytes, bytes.position(), "\r\n\r\n");
        if (end < 0) {
          return;
        }
        String head = text(bytes, bytes.position(), end);
        if (!head.startsWith(webSocket ? "HTTP/1.1 101" : "HTTP/1.1 200")) {
          throw new IOException("The server answered " + head);
        }
        bytes.position(end + 4);
        headRead = true;
      }
      if (webSocket) {
        frames(bytes, now);
      } else {
        events(bytes, now);
      }
    }

    private void events(ByteBuffer bytes, long now) throws IOException {
      for (int end = find(bytes, bytes.position(), "\n\n");
          end >= 0;
          end = find(bytes, bytes.position(), "\n\n")) {
        if (bytes.get(bytes.position()) == 'i') {
          int type = find(bytes, bytes.position(), "event: ") + 7;
          event(bytes, number(bytes, bytes.position() + 4), type, end, now);
        }
        bytes.position(end + 2);
      }
    }

    private void frames(ByteBuffer bytes, long now) throws IOException {
      while (bytes.remaining() >= 2) {
        int at = bytes.position();
        int length = bytes.get(at + 1) & 0x7f;
        int start = at + 2;
        if (length == 126) {
          if (bytes.remaining() < 4) {
            return;
          }
          length = bytes.getShort(start) & 0xffff;
          start += 2;
        }
        if (start + length > bytes.limit()) {
          return;
        }
        if ((bytes.get(at) & 0x0f) == 1) {
          int type = find(bytes, start, "\"type\":\"") + 8;
          event(bytes, number(bytes, start + 6), type, start + length, now);
        } else if ((bytes.get(at) & 0x0f) == 8) {
          over = true;
        }
        bytes.position(start + length);
      }
    }

    private void event(ByteBuffer bytes, long number, int type, int end, long now)
        throws IOException {
      received++;
      if (number == 1) {
        begun++;
      }
      if (number > last + 1) {
        missing += number - last - 1;
      } else if (number <= last) {
        doubled++;
      }
      last = Math.max(last, number);
      if (bytes.get(type) == 'p' && number > WARM_UP_EVENTS) {
        int at = find(bytes, type, "\"at\":\"") + 6;
        int close = find(bytes, at, "\"");
        long took = now - micros(Instant.parse(text(bytes, at, close)));
        all.add(took);
        if (webSocket) {
          byWebSocket.add(took);
        }
      }
      if (bytes.get(type) == 'c' && end > 0) {
        over = true;
      }
    }

    /// The stream must have told how the task ended.
    void end() {
      ended++;
      if (!over) {
        missing++;
      }
    }

    private long number(ByteBuffer bytes, int from) {
      long number = 0;
      for (int i = from; bytes.get(i) >= '0' && bytes.get(i) <= '9'; i++) {
        number = number * 10 + bytes.get(i) - '0';
      }
      return number;
    }

    private int find(ByteBuffer bytes, int from, String what) {
      int last = bytes.limit() - what.length();
      for (int i = from; i <= last; i++) {
        int j = 0;
        while (j < what.length() && bytes.get(i + j) == what.charAt(j)) {
          j++;
        }
        if (j == what.length()) {
          return i;
        }
      }
      return -1;
    }

    private String text(ByteBuffer bytes, int from, int to) {
      return StandardCharsets.US_ASCII.decode(bytes.slice(from, to - from)).toString();
    }
  }

  /// Times to the hundredth of a millisecond, up to ten seconds.
  private static final class Percentiles {
    private final long[] counts = new long[1_000_001];
    private long total;

    void add(long micros) {
      counts[Math.clamp(micros / 10, 0, counts.length - 1)]++;
      total++;
    }

    double of(double share) {
      long rank = Math.max(1, (long) Math.ceil(share * total));
      long passed = 0;
      for (int i = 0; i < counts.length; i++) {
        passed += counts[i];
        if (passed >= rank) {
          return (i + 1) / 100.0;
        }
      }
      return 0;
    }
  }
}
