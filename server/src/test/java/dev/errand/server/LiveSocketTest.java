package dev.errand.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.engine.event.NewEvent;
import dev.errand.engine.lease.Lease;
import dev.errand.engine.lease.Leases;
import dev.errand.engine.lease.Outcome;
import dev.errand.engine.signal.Signals;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class LiveSocketTest {
  private final TestServer server = TestServer.shared();

  @Test
  void a_running_task_is_told_until_it_ends_and_then_the_socket_is_closed() throws Exception {
    String task = server.submit();
    Follower follower = follow(server, "/tasks/" + task + "/live");

    assertThat(follower.next().path("type").asString()).isEqualTo("queued");
    Lease lease = server.claim(task);
    server.part(Signals.class).changed(lease.task());
    assertThat(follower.next().path("type").asString()).isEqualTo("started");
    server.part(Leases.class).append(lease, List.of(new NewEvent.Progress(50, "halb: ½ 🌍")));
    server.end(lease, new Outcome.Completed("{}"));

    JsonNode progress = follower.next();
    assertThat(progress.propertyNames()).containsExactly("id", "type", "at", "data");
    assertThat(progress.path("id").asInt()).isEqualTo(3);
    assertThat(progress.at("/data/message").asString()).isEqualTo("halb: ½ 🌍");
    assertThat(follower.next().path("type").asString()).isEqualTo("completed");
    assertThat(follower.closed()).isEqualTo(1000);
  }

  @Test
  void whoever_comes_back_is_told_the_rest() throws Exception {
    String task = server.submit();
    server.end(server.claim(task), new Outcome.Completed("{}"));

    Follower follower = follow(server, "/tasks/" + task + "/live?last_event_id=2");

    assertThat(follower.next().path("id").asInt()).isEqualTo(3);
    assertThat(follower.closed()).isEqualTo(1000);
  }

  @Test
  void all_of_ones_tasks_are_told_on_one_socket() throws Exception {
    try (TestServer own = TestServer.start(Map.of())) {
      Follower follower = follow(own, "/events/live");
      String first = own.submit();
      String second = own.submit();

      List<JsonNode> told = List.of(follower.next(), follower.next());

      assertThat(told)
          .extracting(event -> event.path("task_id").asString())
          .containsExactlyInAnyOrder(first, second);
      own.end(own.claim(first), new Outcome.Completed("{}"));
      Follower back =
          follow(own, "/events/live?last_event_id=" + told.getFirst().path("id").asString());
      assertThat(back.next()).isEqualTo(told.getLast());
      assertThat(back.next()).isEqualTo(follower.next());
    }
  }

  @Test
  void pages_of_others_may_not_follow() {
    String task = server.submit();

    assertThat(refused("/tasks/" + task + "/live", "Origin", "http://evil.example")).isEqualTo(403);
    assertThat(refused("/events/live", "Origin", "null")).isEqualTo(403);
    assertThat(refused("/tasks/" + task + "/live", "Authorization", "Bearer nobody"))
        .isEqualTo(401);
    assertThat(refused("/tasks/00000000-0000-7000-8000-000000000000/live", "X-Any", "x"))
        .isEqualTo(404);
    assertThat(refused("/events/live?last_event_id=7", "X-Any", "x")).isEqualTo(400);
  }

  @Test
  void ones_own_page_may_follow() {
    String task = server.submit();
    String own = "http://127.0.0.1:" + server.port();

    WebSocket socket = connect(server, "/tasks/" + task + "/live", new Follower(), "Origin", own);
    socket.abort();
  }

  @Test
  void what_asks_for_no_socket_is_told_so() {
    String task = server.submit();

    assertThat(server.get("/tasks/" + task + "/live").problem()).isEqualTo("upgrade_required");
  }

  @Test
  void a_server_that_stops_says_so() throws Exception {
    TestServer stopping = TestServer.start(Map.of());
    String task = stopping.submit();
    Follower follower = follow(stopping, "/tasks/" + task + "/live");
    follower.next();

    stopping.close();

    assertThat(follower.closed()).isEqualTo(1001);
  }

  @Test
  void one_who_does_not_read_holds_up_nobody() throws Exception {
    String task = server.submit();
    Lease lease = server.claim(task);
    try (Socket idle = new Socket()) {
      idle.setReceiveBufferSize(4_096);
      idle.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
      idle.getOutputStream()
          .write(
              "GET /tasks/%s/events HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer %s\r\n\r\n"
                  .formatted(task, server.token())
                  .getBytes(StandardCharsets.US_ASCII));
      Follower follower = follow(server, "/tasks/" + task + "/live");
      for (int i = 0; i < 100; i++) {
        append(lease, 50);
      }
      server.end(lease, new Outcome.Completed("{}"));

      List<Long> numbers = new ArrayList<>();
      for (int i = 0; i < 5_003; i++) {
        numbers.add(follower.next().path("id").asLong());
      }

      assertThat(numbers).isEqualTo(LongStream.rangeClosed(1, 5_003).boxed().toList());
      assertThat(follower.closed()).isEqualTo(1000);
      // It was paused, not forgotten.
      InputStream late = idle.getInputStream();
      String all = new String(late.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(all).contains("id: 2\n").contains("id: 5003\nevent: completed\n");
    }
  }

  private void append(Lease lease, int count) {
    String message = "x".repeat(400);
    server
        .part(Leases.class)
        .append(
            lease,
            IntStream.range(0, count)
                .<NewEvent>mapToObj(i -> new NewEvent.Progress(i, message))
                .toList());
    server.part(Signals.class).changed(lease.task());
  }

  private static Follower follow(TestServer server, String path) {
    return Follower.of(server, path);
  }

  private static WebSocket connect(
      TestServer server, String path, Follower follower, String header, String value) {
    WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
    if (!header.equals("Authorization")) {
      builder.header("Authorization", "Bearer " + server.token());
    }
    return builder
        .header(header, value)
        .buildAsync(URI.create("ws://127.0.0.1:" + server.port() + path), follower)
        .join();
  }

  /// The status with which a request for a socket is refused.
  private int refused(String path, String header, String value) {
    int[] status = new int[1];
    assertThatThrownBy(() -> connect(server, path, new Follower(), header, value))
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            refusal -> status[0] = refusal.getResponse().statusCode());
    return status[0];
  }
}
