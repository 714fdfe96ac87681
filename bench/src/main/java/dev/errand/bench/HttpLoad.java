package dev.errand.bench;

import dev.errand.bench.peer.Processes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A process that submits tasks over connections that are kept open, on each a request at a time.
/// It has one thread and allocates little, so that the server has the processors.
final class HttpLoad {
  private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)");
  private static final String ACCEPTED = "HTTP/1.1 20";
  private static final String BUSY = "HTTP/1.1 503";
  private static final String END_OF_HEAD = "\r\n\r\n";
  private static final String END_OF_CHUNKS = "\r\n0\r\n\r\n";
  private static final int BUFFER = 16 * 1024;

  private final Selector selector;
  private final byte[] request;
  private final InetSocketAddress address;
  private int asked;
  private int accepted;
  private int refused;

  private HttpLoad(URI server, String token, int connections) throws IOException {
    this.selector = Selector.open();
    this.request = request(server, token);
    this.address = new InetSocketAddress(InetAddress.ofLiteral(server.getHost()), server.getPort());
    for (int i = 0; i < connections; i++) {
      connect();
    }
  }

  private SelectionKey connect() throws IOException {
    SocketChannel channel = SocketChannel.open(address);
    channel.configureBlocking(false);
    return channel.register(selector, SelectionKey.OP_READ, ByteBuffer.allocate(BUFFER));
  }

  /// @param perSecond tasks that were accepted
  /// @param refused how often the server was too busy for one, which was sent again
  /// @param before what all processes had used when the measurement began
  /// @param after what they had used when it ended
  /// @param ownMicros processor time of this load for a task
  record Outcome(
      double perSecond, int refused, Processes before, Processes after, double ownMicros) {}

  /// Submits `warmUp` tasks, then `count` more, from a process of its own.
  ///
  /// @return how the latter went
  static Outcome run(URI server, String token, int connections, int warmUp, int count)
      throws IOException, InterruptedException {
    List<String> arguments =
        List.of(
            server.toString(),
            String.valueOf(connections),
            String.valueOf(warmUp),
            String.valueOf(count));
    Process process = LoadProcess.start(HttpLoad.class, token, 64, arguments);
    try (BufferedReader output = process.inputReader(StandardCharsets.US_ASCII)) {
      String warm = output.readLine();
      Processes before = Processes.now();
      String line = output.readLine();
      Processes after = Processes.now();
      if (warm == null || line == null || process.waitFor() != 0) {
        throw new IOException("Tasks could not be submitted to " + server);
      }
      String[] words = line.split(" ", -1);
      return new Outcome(
          Double.parseDouble(words[0]),
          Integer.parseInt(words[1]),
          before,
          after,
          Double.parseDouble(words[2]));
    } finally {
      process.destroy();
    }
  }

  public static void main(String[] args) throws IOException {
    HttpLoad load =
        new HttpLoad(URI.create(args[0]), LoadProcess.token(), Integer.parseInt(args[1]));
    load.submit(Integer.parseInt(args[2]));
    System.out.println("warm");
    int count = Integer.parseInt(args[3]);
    double cpu = micros();
    long begin = System.nanoTime();
    load.submit(count);
    double seconds = (System.nanoTime() - begin) / 1e9;
    System.out.println(count / seconds + " " + load.refused + " " + (micros() - cpu) / count);
  }

  /// Processor time of this process so far.
  private static double micros() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e3;
  }

  private static byte[] request(URI server, String token) {
    String body = "{\"type\":\"echo\",\"params\":{\"job\":1}}";
    return """
    POST /tasks HTTP/1.1\r
    Host: %s\r
    Authorization: Bearer %s\r
    Content-Type: application/json\r
    Content-Length: %d\r
    \r
    %s\
    """
        .formatted(server.getAuthority(), token, body.length(), body)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private void submit(int count) throws IOException {
    asked = 0;
    accepted = 0;
    refused = 0;
    for (SelectionKey key : List.copyOf(selector.keys())) {
      ask(key, count);
    }
    while (accepted < count) {
      selector.select(key -> answer(key, count));
    }
  }

  private void ask(SelectionKey key, int count) throws IOException {
    if (asked == count) {
      return;
    }
    asked++;
    ((ByteBuffer) key.attachment()).clear();
    ByteBuffer bytes = ByteBuffer.wrap(request);
    while (bytes.hasRemaining()) { // it fits into the buffer of a connection that waits
      ((SocketChannel) key.channel()).write(bytes);
    }
  }

  private void answer(SelectionKey key, int count) {
    try {
      ByteBuffer received = (ByteBuffer) key.attachment();
      if (((SocketChannel) key.channel()).read(received) < 0) {
        throw new IOException("The server has closed a connection");
      }
      String text = StandardCharsets.ISO_8859_1.decode(received.duplicate().flip()).toString();
      if (complete(text)) {
        count(text);
        ask(text.startsWith(ACCEPTED) ? key : again(key), count);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void count(String answer) throws IOException {
    if (answer.startsWith(ACCEPTED)) {
      accepted++;
    } else if (answer.startsWith(BUSY)) {
      refused++;
      asked--;
    } else {
      throw new IOException("The server answered " + answer);
    }
  }

  /// A server that is too busy closes the connection.
  private SelectionKey again(SelectionKey key) throws IOException {
    key.channel().close();
    return connect();
  }

  private static boolean complete(String answer) {
    int head = answer.indexOf(END_OF_HEAD);
    if (head < 0) {
      return false;
    }
    Matcher length = LENGTH.matcher(answer).region(0, head);
    return length.find()
        ? answer.length() == head + END_OF_HEAD.length() + Integer.parseInt(length.group(1))
        : answer.endsWith(END_OF_CHUNKS);
  }
}
