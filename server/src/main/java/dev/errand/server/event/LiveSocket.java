package dev.errand.server.event;

import dev.errand.engine.problem.Problem;
import dev.errand.server.problem.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCode;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Extension;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/// A WebSocket on which we talk and the other side listens. What it sends is ignored.
///
/// It is closed with 1000 when there is no more to tell, with 1001 when the server stops or its
/// time is over, and with 1013 when the other side took nothing for twenty seconds; after the last
/// two it may come back and go on where it was.
public final class LiveSocket extends Endpoint {
  private static final String SEND_TIMEOUT = "org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT";
  private static final long PATIENCE_MILLIS = 20_000;

  /// What may come from the other side is short.
  private static final int MAX_INCOMING = 256;

  private final LiveStreams streams;
  private final Talking talking;
  private volatile @Nullable Thread thread;

  /// What is told, until there is no more.
  public interface Talking {
    void to(Session session) throws IOException, InterruptedException;
  }

  private LiveSocket(LiveStreams streams, Talking talking) {
    this.streams = streams;
    this.talking = talking;
  }

  /// Makes a WebSocket of a request; `talking` begins when the request is over.
  ///
  /// @throws Refusal.Refused when it asks for none, or a page of somebody else's asks for it
  /// @throws Problem.Refused when the server stops already
  public static void open(
      HttpServletRequest request,
      HttpServletResponse response,
      LiveStreams streams,
      Talking talking)
      throws IOException {
    check(request);
    streams.admit();
    try {
      container(request)
          .upgradeHttpToWebSocket(
              request, response, config(new LiveSocket(streams, talking)), Map.of());
    } catch (DeploymentException e) {
      throw new IOException("No WebSocket could be made", e);
    }
  }

  private static void check(HttpServletRequest request) {
    String upgrade = request.getHeader("Upgrade");
    if (upgrade == null || !upgrade.equalsIgnoreCase("websocket")) {
      throw Refusal.of(
              HttpStatus.UPGRADE_REQUIRED,
              "upgrade_required",
              "This is a WebSocket. Without one, events are to be had as Server-Sent Events at"
                  + " /tasks/{id}/events and /events.")
          .with("Upgrade", "websocket")
          .refused();
    }
    if (!shakesHands(request)) {
      throw Refusal.of(
              HttpStatus.BAD_REQUEST,
              "bad_request",
              "A WebSocket begins as RFC 6455 has it: Connection: Upgrade, Sec-WebSocket-Version: 13"
                  + " and a Sec-WebSocket-Key.")
          .with("Sec-WebSocket-Version", "13")
          .refused();
    }
    String origin = request.getHeader("Origin");
    if (origin != null && !own(origin, request.getHeader("Host"))) {
      throw new Problem.Forbidden("A page of another origin may not follow.").refused();
    }
  }

  /// Tomcat would refuse the others without a word.
  private static boolean shakesHands(HttpServletRequest request) {
    boolean connects =
        Collections.list(request.getHeaders("Connection")).stream()
            .anyMatch(tokens -> tokens.toLowerCase(Locale.ROOT).contains("upgrade"));
    return connects
        && "13".equals(request.getHeader("Sec-WebSocket-Version"))
        && request.getHeader("Sec-WebSocket-Key") != null;
  }

  /// A browser sends its cookies with what any page asks for, and says only here which one it was.
  private static boolean own(String origin, @Nullable String host) {
    try {
      return host != null && host.equalsIgnoreCase(new URI(origin).getAuthority());
    } catch (URISyntaxException _) {
      return false;
    }
  }

  private static ServerContainer container(HttpServletRequest request) {
    ServerContainer container =
        (ServerContainer) request.getServletContext().getAttribute(ServerContainer.class.getName());
    container.setDefaultMaxTextMessageBufferSize(MAX_INCOMING);
    container.setDefaultMaxBinaryMessageBufferSize(MAX_INCOMING);
    return container;
  }

  private static ServerEndpointConfig config(LiveSocket socket) {
    return ServerEndpointConfig.Builder.create(LiveSocket.class, "/live")
        .configurator(
            new ServerEndpointConfig.Configurator() {
              @Override
              public <T> T getEndpointInstance(Class<T> type) {
                return type.cast(socket);
              }

              // Compression would take a quarter of a megabyte for each follower.
              @Override
              public List<Extension> getNegotiatedExtensions(
                  List<Extension> installed, List<Extension> requested) {
                return List.of();
              }
            })
        .build();
  }

  @Override
  public void onOpen(Session session, EndpointConfig config) {
    session.setMaxIdleTimeout(0);
    session.getUserProperties().put(SEND_TIMEOUT, PATIENCE_MILLIS);
    thread = Thread.ofVirtual().name("follower").start(() -> talk(session));
  }

  private void talk(Session session) {
    LiveStreams.End end =
        streams.run(() -> {
          try {
            talking.to(session);
          } catch (SocketTimeoutException e) {
            streams.droppedOne();
            close(
                session,
                CloseCodes.TRY_AGAIN_LATER,
                "Too slow: nothing was taken for 20 seconds. Come back with last_event_id.");
            throw e;
          }
        });
    switch (end) {
      case COMPLETE -> close(session, CloseCodes.NORMAL_CLOSURE, "There is no more to come.");
      case COME_BACK -> close(session, CloseCodes.GOING_AWAY, "Come back with last_event_id.");
      case GONE -> close(session, CloseCodes.UNEXPECTED_CONDITION, "Come back with last_event_id.");
    }
  }

  /// A sign of life.
  static void ping(Session session) throws IOException {
    session.getBasicRemote().sendPing(ByteBuffer.allocate(0));
  }

  private static void close(Session session, CloseCode code, String why) {
    try {
      session.close(new CloseReason(code, why));
    } catch (IOException | IllegalStateException _) {
      // It is closed already.
    }
  }

  @Override
  public void onClose(Session session, CloseReason reason) {
    Thread follower = thread;
    if (follower != null && !follower.equals(Thread.currentThread())) {
      follower.interrupt();
    }
  }

  @Override
  public void onError(Session session, Throwable thrown) {
    // Its close follows.
  }
}
