package dev.errand.server.event;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Objects;
import org.apache.coyote.http11.upgrade.InternalHttpUpgradeHandler;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SSLSupport;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/// An answer without an end that is known beforehand: after its head the connection is ours, and
/// its end is the answer's.
///
/// Tomcat keeps some 70 KB of buffers for as long as a request is being answered. Given over in the
/// way in which a connection is upgraded to another protocol, a follower costs a tenth of that.
public final class OpenAnswer implements InternalHttpUpgradeHandler {
  /// Whoever takes nothing for so long is cut off; it may come back and go on where it was.
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private @Nullable LiveStreams streams;
  private @Nullable Writing writing;
  private volatile @Nullable SocketWrapperBase<?> socket;
  private volatile @Nullable Thread thread;

  /// What writes the answer's body.
  interface Writing {
    void to(OpenAnswer answer) throws IOException, InterruptedException;
  }

  /// For Tomcat, which makes it.
  public OpenAnswer() {}

  /// Sends the head now; `writing` begins when this request is over.
  static void begin(
      HttpServletRequest request,
      HttpServletResponse response,
      LiveStreams streams,
      Writing writing)
      throws IOException {
    streams.admit();
    try {
      OpenAnswer answer = request.upgrade(OpenAnswer.class);
      answer.streams = streams;
      answer.writing = writing;
    } catch (ServletException e) {
      throw new IOException("The connection cannot be kept", e);
    }
    response.setStatus(HttpServletResponse.SC_OK);
    response.setHeader("Connection", "close");
    response.setHeader("X-Accel-Buffering", "no");
    response.flushBuffer();
  }

  /// Blocks until the bytes are on their way.
  ///
  /// @throws IOException when nobody takes them
  void write(byte[] bytes) throws IOException {
    SocketWrapperBase<?> open = Objects.requireNonNull(socket);
    try {
      open.write(true, bytes, 0, bytes.length);
      open.flush(true);
    } catch (SocketTimeoutException e) {
      Objects.requireNonNull(streams).droppedOne();
      throw e;
    }
  }

  @Override
  public void setSocketWrapper(SocketWrapperBase<?> wrapper) {
    socket = wrapper;
  }

  @Override
  public void init(WebConnection connection) {
    Objects.requireNonNull(socket).setWriteTimeout(PATIENCE.toMillis());
    thread = Thread.ofVirtual().name("follower").start(this::run);
  }

  private void run() {
    LiveStreams all = Objects.requireNonNull(streams);
    Writing body = Objects.requireNonNull(writing);
    SocketWrapperBase<?> open = Objects.requireNonNull(socket);
    try {
      all.run(() -> body.to(this));
    } finally {
      open.processSocket(SocketEvent.DISCONNECT, true);
    }
  }

  /// Nothing is expected from the other side but its end.
  @Override
  public SocketState upgradeDispatch(SocketEvent status) {
    return status == SocketEvent.OPEN_READ && stillThere()
        ? SocketState.UPGRADED
        : status == SocketEvent.OPEN_WRITE ? SocketState.UPGRADED : gone();
  }

  private boolean stillThere() {
    byte[] ignored = new byte[256];
    try {
      int read;
      do {
        read = Objects.requireNonNull(socket).read(false, ignored, 0, ignored.length);
      } while (read > 0);
      return read == 0;
    } catch (IOException _) {
      return false;
    }
  }

  private SocketState gone() {
    Thread follower = thread;
    if (follower != null) {
      follower.interrupt();
    }
    return SocketState.CLOSED;
  }

  @Override
  public void destroy() {
    gone();
  }

  @Override
  public void timeoutAsync(long now) {}

  @Override
  public void setSslSupport(SSLSupport support) {}

  @Override
  public void pause() {}
}
