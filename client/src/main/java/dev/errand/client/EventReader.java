package dev.errand.client;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// Reads a task's events until the task has ended: live as long as the server streams, page by page
/// when something on the way swallows the stream.
final class EventReader implements Following.Reader {
  /// A stream may be silent this long before it counts as broken: the server says something every
  /// ten seconds.
  private static final Duration SILENCE = Duration.ofSeconds(25);

  private static final String EVENT_STREAM = "text/event-stream";
  private static final int BARREN_STREAMS = 3;

  private final ErrandClient client;
  private final Http http;
  private final String task;
  private final Consumer<Event> events;
  private long last;
  private String lastType = "";
  private int barrenStreams;
  private @Nullable Task ended;

  /// @param after number of the last event that is already known, 0 for none
  EventReader(ErrandClient client, Http http, String task, long after, Consumer<Event> events) {
    this.client = client;
    this.http = http;
    this.task = task;
    this.last = after;
    this.events = events;
  }

  @Override
  public Following.Round read(Runnable answered) {
    long before = last;
    if (barrenStreams < BARREN_STREAMS) {
      stream();
    } else {
      poll();
    }
    answered.run();
    if ((Event.terminal(lastType) || last == before) && hasEnded()) {
      return Following.Round.ENDED;
    }
    return last > before ? Following.Round.PROGRESS : Following.Round.QUIET;
  }

  /// The task as it stood when its last event had been read.
  Task ended() {
    if (ended == null) {
      throw new IllegalStateException("task " + task + " has not ended");
    }
    return ended;
  }

  private void stream() {
    Map<String, String> headers = new HashMap<>(Map.of("Accept", EVENT_STREAM));
    if (last > 0) {
      headers.put("Last-Event-ID", Long.toString(last));
    }
    try (Http.Answer answer = http.send(Http.Request.get(path(), headers, SILENCE))) {
      boolean streams = answer.contentType().startsWith(EVENT_STREAM);
      barrenStreams = streams ? barrenStreams + 1 : BARREN_STREAMS;
      if (!streams) {
        return;
      }
      EventStream stream = new EventStream(answer.body());
      for (Event event = stream.next(); event != null; event = stream.next()) {
        deliver(event);
        barrenStreams = 0;
      }
    } catch (SocketTimeoutException _) {
      // Something on the way keeps what the server says to itself.
      barrenStreams = BARREN_STREAMS;
    } catch (IOException | JacksonException _) {
      // The connection was cut: the next round goes on after the last event that came through.
    }
  }

  private void poll() {
    List<Event> page = client.events(task, last);
    while (!page.isEmpty()) {
      page.forEach(this::deliver);
      page = client.events(task, last);
    }
  }

  private void deliver(Event event) {
    if (event.number() > last) {
      last = event.number();
      lastType = event.type();
      events.accept(event);
    }
  }

  /// A failed task that was retried has a terminal event in the middle: only the task knows.
  private boolean hasEnded() {
    Task now = client.task(task);
    // Between the last read and this look the task may have ended with events still to be read.
    boolean nothingUnread = lastType.equals(now.status()) || ended != null;
    ended = now.ended() ? now : null;
    return ended != null && nothingUnread;
  }

  private String path() {
    return ErrandClient.taskPath(task) + "/events";
  }
}
