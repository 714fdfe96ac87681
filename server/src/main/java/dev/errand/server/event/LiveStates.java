package dev.errand.server.event;

import dev.errand.engine.event.Event;
import dev.errand.engine.event.History;
import dev.errand.engine.signal.Signals;
import dev.errand.engine.signal.Signals.Subscription;
import dev.errand.engine.task.StoreUnavailable;
import dev.errand.engine.task.Task;
import dev.errand.engine.task.TaskId;
import dev.errand.engine.task.TaskStore;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.Session;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Tells on WebSockets how tasks stand: at once, again whenever that has changed, and last how they
/// ended. What changed in between two looks is told as one change.
public final class LiveStates {
  /// A wake-up may get lost between nodes; looking again this often bounds the delay.
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private static final int PAGE = 1000;

  private final TaskStore tasks;
  private final History history;
  private final Signals signals;
  private final LiveStreams streams;

  public LiveStates(TaskStore tasks, History history, Signals signals, LiveStreams streams) {
    this.tasks = tasks;
    this.history = history;
    this.signals = signals;
    this.streams = streams;
  }

  /// Makes a WebSocket of a request that may see the task.
  ///
  /// @param message how a task stands; called after the request is over
  public void open(
      TaskId task,
      Function<Task, String> message,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    LiveSocket.open(
        request, response, streams, session -> new Telling(task, message, session).untilTheEnd());
  }

  /// What one WebSocket is told.
  private final class Telling {
    private final TaskId task;
    private final Function<Task, String> message;
    private final Session session;
    private final KeepAlive keepAlive = streams.keepAlive();
    private final long endNanos = System.nanoTime() + streams.stay().toNanos();
    private long lastEvent;
    private @Nullable String told;

    Telling(TaskId task, Function<Task, String> message, Session session) {
      this.task = task;
      this.message = message;
      this.session = session;
    }

    void untilTheEnd() throws IOException, InterruptedException {
      Semaphore changes = new Semaphore(0);
      try (Subscription _ = signals.onChange(task, changes::release)) {
        while (tell()) {
          if (System.nanoTime() - endNanos > 0) {
            throw new LiveStreams.ComeBack();
          }
          if (keepAlive.due()) {
            LiveSocket.ping(session);
            keepAlive.written();
          }
          changes.tryAcquire(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
          changes.drainPermits();
        }
      }
    }

    /// @return whether there may be more to tell
    private boolean tell() throws IOException {
      try {
        if (!somethingHappened() && told != null) {
          return true;
        }
        Optional<Task> now = tasks.find(task);
        if (now.isPresent()) {
          tell(message.apply(now.get()));
        }
        return now.map(found -> !found.status().terminal()).orElse(false);
      } catch (StoreUnavailable _) {
        return true;
      }
    }

    /// Cheaper than to find out how the task stands.
    private boolean somethingHappened() {
      long before = lastEvent;
      List<Event> some;
      do {
        some = history.events(task, lastEvent, PAGE);
        lastEvent = some.isEmpty() ? lastEvent : some.getLast().number();
      } while (some.size() == PAGE);
      return lastEvent > before;
    }

    private void tell(String state) throws IOException {
      if (!state.equals(told)) {
        session.getBasicRemote().sendText(state);
        keepAlive.written();
        told = state;
      }
    }
  }
}
