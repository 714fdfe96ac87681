package dev.errand.server.event;

import dev.errand.engine.event.Feed;
import dev.errand.engine.event.Feed.Place;
import dev.errand.engine.event.History;
import dev.errand.engine.event.OwnEvents;
import dev.errand.engine.event.Tails;
import dev.errand.engine.event.TaskEvents;
import dev.errand.engine.signal.Signals;
import dev.errand.engine.task.TaskId;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;

/// Everyone who follows something on this node. What many follow is read and written once.
public final class Followers {
  /// A log cannot be followed from where one was.
  private static final Duration WHOLE_LOG = Duration.ofDays(365);

  private static final byte[] COMMENT = ": keep-alive\n\n".getBytes(StandardCharsets.UTF_8);

  private final LiveStreams streams;
  private final Tails<TaskId, Long, EncodedEvent<Long>> tasks;
  private final Tails<String, Place, EncodedEvent<Place>> owners;
  private final Tails<TaskId, Long, History.Line> logs;

  public Followers(
      History history, Feed feed, Signals signals, LiveStreams streams, JsonMapper json) {
    EventWriter writer = new EventWriter(json);
    this.streams = streams;
    this.tasks = new Tails<>(TaskEvents.of(history, signals, writer::encoded), EncodedEvent::place);
    this.owners = new Tails<>(new OwnEvents<>(feed, writer::encoded), EncodedEvent::place);
    this.logs = new Tails<>(TaskEvents.log(history, signals), History.Line::number);
  }

  /// Shows how many follow what, and how many were too slow.
  public Followers measuredBy(MeterRegistry registry) {
    registry.gauge("errand.followers", Tags.of("of", "task"), tasks, Tails::readers);
    registry.gauge("errand.followers", Tags.of("of", "owner"), owners, Tails::readers);
    registry.gauge("errand.followers", Tags.of("of", "log"), logs, Tails::readers);
    registry.gauge("errand.followed.tasks", tasks, Tails::followed);
    FunctionCounter.builder("errand.followers.dropped", streams, LiveStreams::dropped)
        .register(registry);
    return this;
  }

  void ofTask(TaskId task, long after, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    events(tasks, task, after, request, response);
  }

  void ofOwner(String owner, Place after, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    events(owners, owner, after, request, response);
  }

  private <K, P extends Comparable<P>> void events(
      Tails<K, P, EncodedEvent<P>> tails,
      K key,
      P after,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    OpenAnswer.begin(
        request,
        response,
        streams,
        answer ->
            follow(
                tails,
                key,
                after,
                EncodedEvent::place,
                written(answer, EncodedEvent::frame, COMMENT),
                streams.stay()));
  }

  void socketOfTask(
      TaskId task, long after, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    socket(tasks, task, after, request, response);
  }

  void socketOfOwner(
      String owner, Place after, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    socket(owners, owner, after, request, response);
  }

  private <K, P extends Comparable<P>> void socket(
      Tails<K, P, EncodedEvent<P>> tails,
      K key,
      P after,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    LiveSocket.open(
        request,
        response,
        streams,
        session ->
            follow(tails, key, after, EncodedEvent::place, messages(session), streams.stay()));
  }

  /// @param format how a line is written, its line end included
  void ofLog(
      TaskId task,
      Function<History.Line, String> format,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    Function<History.Line, byte[]> bytes =
        line -> format.apply(line).getBytes(StandardCharsets.UTF_8);
    // Readers of lines skip empty ones.
    byte[] emptyLine = {'\n'};
    OpenAnswer.begin(
        request,
        response,
        streams,
        answer ->
            follow(
                logs,
                task,
                0L,
                History.Line::number,
                written(answer, bytes, emptyLine),
                WHOLE_LOG));
  }

  private <K, P extends Comparable<P>, T> void follow(
      Tails<K, P, T> tails,
      K key,
      P after,
      Function<T, P> position,
      Live.Receiver<T> receiver,
      Duration stay)
      throws IOException, InterruptedException {
    new Live<>(receiver, after, position, streams.keepAlive(), stay, streams::stopped)
        .follow((last, sink) -> tails.follow(key, last, sink));
  }

  private static <T> Live.Receiver<T> written(
      OpenAnswer answer, Function<T, byte[]> bytes, byte[] signOfLife) {
    return new Live.Receiver<>() {
      @Override
      public void send(T item) throws IOException {
        answer.write(bytes.apply(item));
      }

      @Override
      public void ping() throws IOException {
        answer.write(signOfLife);
      }
    };
  }

  private static <P> Live.Receiver<EncodedEvent<P>> messages(Session session) {
    return new Live.Receiver<>() {
      @Override
      public void send(EncodedEvent<P> item) throws IOException {
        session.getBasicRemote().sendText(item.message());
      }

      @Override
      public void ping() throws IOException {
        LiveSocket.ping(session);
      }
    };
  }
}
