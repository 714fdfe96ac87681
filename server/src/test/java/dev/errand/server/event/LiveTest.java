package dev.errand.server.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.engine.task.StoreUnavailable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class LiveTest {
  private final StringBuilder written = new StringBuilder();
  private final AtomicBoolean stopped = new AtomicBoolean();

  @Test
  void a_quiet_connection_gets_a_sign_of_life_when_it_is_due() throws Exception {
    live(Duration.ZERO)
        .follow((_, sink) -> {
          sink.take(1L);
          sink.idle();
          sink.take(2L);
        });
    assertThat(written()).isEqualTo("1 . 2 ");
  }

  @Test
  void a_connection_that_was_just_used_needs_no_sign_of_life() throws Exception {
    live(Duration.ofHours(1))
        .follow((_, sink) -> {
          sink.take(1L);
          sink.idle();
        });
    assertThat(written()).isEqualTo("1 ");
  }

  @Test
  void following_goes_on_where_it_was_when_the_store_is_back() throws Exception {
    List<Long> starts = new ArrayList<>();
    live(Duration.ofHours(1))
        .follow((after, sink) -> {
          starts.add(after);
          sink.take(after + 1);
          if (starts.size() == 1) {
            throw new StoreUnavailable("away", new IOException());
          }
        });
    assertThat(starts).containsExactly(0L, 1L);
    assertThat(written()).isEqualTo("1 2 ");
  }

  @Test
  void whoever_has_stayed_for_long_has_to_come_back() {
    Live<Long, Long> over = live(Duration.ofHours(1), Duration.ZERO);

    assertThatThrownBy(() -> over.follow((_, sink) -> sink.take(1L)))
        .isInstanceOf(LiveStreams.ComeBack.class);
    assertThatThrownBy(() -> over.follow((_, sink) -> sink.idle()))
        .isInstanceOf(LiveStreams.ComeBack.class);
    assertThat(written()).isEmpty();
  }

  @Test
  void whoever_follows_a_server_that_stops_has_to_come_back() {
    Live<Long, Long> live = live(Duration.ofHours(1));
    stopped.set(true);

    assertThatThrownBy(live::idle).isInstanceOf(LiveStreams.ComeBack.class);
    assertThatThrownBy(() -> live.take(1L)).isInstanceOf(LiveStreams.ComeBack.class);
    assertThat(written()).isEmpty();
  }

  private Live<Long, Long> live(Duration keepAliveEvery) {
    return live(keepAliveEvery, Duration.ofHours(1));
  }

  private Live<Long, Long> live(Duration keepAliveEvery, Duration stay) {
    Live.Receiver<Long> receiver =
        new Live.Receiver<>() {
          @Override
          public void send(Long number) {
            written.append(number).append(' ');
          }

          @Override
          public void ping() {
            written.append(". ");
          }
        };
    return new Live<>(
        receiver, 0L, number -> number, new KeepAlive(keepAliveEvery), stay, stopped::get);
  }

  private String written() {
    return written.toString();
  }
}
