package dev.errand.testkit.tcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FaultyProxyTest {
  private static final int LONG_ENOUGH_MILLIS = 10_000;
  private static final int A_MOMENT_MILLIS = 150;

  private final List<Socket> sockets = new ArrayList<>();
  private EchoServer server;
  private FaultyProxy proxy;

  @BeforeEach
  void open() throws IOException {
    server = new EchoServer();
    proxy = FaultyProxy.to(server.address());
  }

  @AfterEach
  void close() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    proxy.close();
    server.close();
  }

  @Test
  void what_is_sent_arrives_and_comes_back() throws IOException {
    Socket client = client();

    assertEchoes(client, "hello");
    assertEchoes(client, "again");
  }

  @Test
  void much_arrives_whole_and_in_order() throws Exception {
    byte[] much = new byte[5_000_000];
    new Random(1).nextBytes(much);
    Socket client = client();
    Thread sender =
        Thread.ofVirtual()
            .start(() -> {
              try {
                client.getOutputStream().write(much);
                client.shutdownOutput();
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });

    assertThat(client.getInputStream().readAllBytes()).isEqualTo(much);
    sender.join();
  }

  @Test
  void the_end_of_a_stream_arrives_and_then_the_connection_is_gone() throws IOException {
    Socket client = client();
    send(client, "last words");

    client.shutdownOutput();

    assertThat(client.getInputStream().readAllBytes()).isEqualTo("last words".getBytes(UTF_8));
    assertConnectionsBecome(0);
  }

  @Test
  void a_stalled_connection_delivers_nothing_until_it_is_resumed() throws IOException {
    Socket client = client();
    assertEchoes(client, "before");

    proxy.stall();
    send(client, "one ");
    send(client, "two");
    assertSilent(client);
    proxy.resume();

    assertThat(received(client, 7)).isEqualTo("one two");
    assertEchoes(client, "after");
  }

  @Test
  void a_connection_made_during_a_stall_works_after_it() throws IOException {
    proxy.stall();
    Socket client = client();
    send(client, "patience");
    assertSilent(client);

    proxy.resume();

    assertThat(received(client, 8)).isEqualTo("patience");
  }

  @Test
  void a_cut_connection_is_reset_and_a_new_one_works() throws IOException {
    Socket client = client();
    assertEchoes(client, "before");

    proxy.cut();

    assertReset(client);
    assertThat(proxy.connections()).isZero();
    assertEchoes(client(), "after");
  }

  @Test
  void a_stalled_connection_can_be_cut() throws IOException {
    Socket client = client();
    assertEchoes(client, "before");
    proxy.stall();
    send(client, "never to arrive");

    proxy.cut();

    assertReset(client);
    proxy.resume();
    assertEchoes(client(), "after");
  }

  @Test
  void a_black_hole_takes_everything_and_its_connections_stay_dead() throws IOException {
    Socket before = client();
    assertEchoes(before, "before");

    proxy.blackHole();
    Socket during = client();
    send(before, "lost");
    send(during, "lost");
    assertSilent(before);
    assertSilent(during);
    proxy.resume();

    send(before, "lost as well");
    assertSilent(before);
    assertSilent(during);
    assertEchoes(client(), "after");
  }

  @Test
  void a_connection_made_in_a_black_hole_stays_dead_even_if_it_says_nothing_there()
      throws IOException {
    proxy.blackHole();
    Socket client = client();
    assertConnectionsBecome(1);

    proxy.resume();

    send(client, "lost");
    assertSilent(client);
  }

  @Test
  void what_was_stalled_can_fall_into_a_black_hole() throws IOException {
    Socket client = client();
    assertEchoes(client, "before");
    proxy.stall();
    send(client, "lost");

    proxy.blackHole();
    proxy.resume();

    assertSilent(client);
  }

  @Test
  void a_dead_connection_can_be_cut() throws IOException {
    Socket client = client();
    proxy.blackHole();
    send(client, "lost");
    assertSilent(client);

    proxy.cut();

    assertReset(client);
  }

  @Test
  void while_it_refuses_no_connection_works_and_afterwards_new_ones_do() throws IOException {
    Socket client = client();
    assertEchoes(client, "before");

    proxy.refuse();

    assertReset(client);
    assertReset(client());
    proxy.resume();
    assertEchoes(client(), "after");
  }

  @Test
  void a_server_that_does_not_listen_means_a_reset() throws IOException {
    server.close();

    assertReset(client());
  }

  @Test
  void a_server_may_start_to_listen_later() throws IOException {
    InetSocketAddress address = server.address();
    server.close();
    assertReset(client());

    try (EchoServer _ = new EchoServer(address.getPort())) {
      assertEchoes(client(), "after");
    }
  }

  @Test
  void connections_do_not_disturb_each_other() throws IOException {
    Socket first = client();
    Socket second = client();
    assertEchoes(first, "first");
    assertEchoes(second, "second");
    assertThat(proxy.connections()).isEqualTo(2);

    first.close();

    assertConnectionsBecome(1);
    assertEchoes(second, "still here");
  }

  @Test
  void a_closed_proxy_lets_nobody_in() throws IOException {
    Socket client = client();
    assertEchoes(client, "before");

    proxy.close();
    proxy.close();

    assertReset(client);
    assertThatThrownBy(this::client).isInstanceOf(IOException.class);
  }

  private Socket client() throws IOException {
    Socket socket = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), proxy.port());
    sockets.add(socket);
    socket.setSoTimeout(LONG_ENOUGH_MILLIS);
    return socket;
  }

  private static void send(Socket client, String text) throws IOException {
    client.getOutputStream().write(text.getBytes(UTF_8));
  }

  private static String received(Socket client, int bytes) throws IOException {
    return new String(client.getInputStream().readNBytes(bytes), UTF_8);
  }

  private static void assertEchoes(Socket client, String text) throws IOException {
    send(client, text);
    assertThat(received(client, text.length())).isEqualTo(text);
  }

  private static void assertSilent(Socket client) throws IOException {
    client.setSoTimeout(A_MOMENT_MILLIS);
    assertThatThrownBy(() -> client.getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);
    client.setSoTimeout(LONG_ENOUGH_MILLIS);
  }

  private static void assertReset(Socket client) {
    assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
  }

  private void assertConnectionsBecome(int count) {
    while (proxy.connections() != count) {
      Thread.onSpinWait();
    }
    assertThat(proxy.connections()).isEqualTo(count);
  }
}
