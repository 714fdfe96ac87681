package dev.errand.bench.peer;

import dev.errand.bench.peer.client.Role;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A Redis that syncs every write to the disk before it answers, as PostgreSQL does.
final class Redis implements Store {
  private static final String HOST = "127.0.0.1";
  private static final int TRIES = 200;
  private static final long PAUSE_MILLIS = 25;

  private final Process process;
  private final int port;
  private final Clients clients;

  private Redis(Process process, int port, Clients clients) {
    this.process = process;
    this.port = port;
    this.clients = clients;
  }

  /// @throws IOException when there is no `redis-server`, or it does not start
  static Redis start(Path folder, Clients clients) throws IOException, InterruptedException {
    int port = freePort();
    List<String> command =
        List.of(
            "redis-server",
            "--port",
            String.valueOf(port),
            "--bind",
            HOST,
            "--dir",
            folder.toString(),
            "--appendonly",
            "yes",
            "--appendfsync",
            "always",
            "--save",
            "",
            "--maxmemory-policy",
            "noeviction");
    Redis redis = new Redis(process(command, folder), port, clients);
    redis.awaitStart();
    return redis;
  }

  private static Process process(List<String> command, Path folder) throws IOException {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(folder.resolve("redis.log").toFile())
          .start();
    } catch (IOException e) {
      throw new IOException("there is no redis-server on the PATH", e);
    }
  }

  private void awaitStart() throws IOException, InterruptedException {
    for (int tries = 1; !answers(); tries++) {
      if (tries == TRIES || process.waitFor(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
        close();
        throw new IOException("redis-server does not start");
      }
    }
  }

  private boolean answers() {
    try {
      return command("PING").equals("+PONG");
    } catch (IOException _) {
      return false;
    }
  }

  private String command(String words) throws IOException {
    try (Socket socket = new Socket(InetAddress.ofLiteral(HOST), port)) {
      socket.getOutputStream().write((words + "\r\n").getBytes(StandardCharsets.US_ASCII));
      BufferedReader answer =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      return String.valueOf(answer.readLine());
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral(HOST))) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void empty(Contestant contestant) throws Exception {
    String answer = command("FLUSHALL");
    if (!answer.equals("+OK")) {
      throw new IOException("Redis: " + answer);
    }
    clients.run(contestant, Role.SETUP, environment());
  }

  @Override
  public void settle() {
    // It writes as it goes.
  }

  @Override
  public Map<String, String> environment() {
    return Map.of("REDISHOST", HOST, "REDISPORT", String.valueOf(port));
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
