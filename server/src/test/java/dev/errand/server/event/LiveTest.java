package dev.errand.server.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.engine.task.StoreUnavailable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveTest {
  private final StringBuilder written = new StringBuilder();

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

  private Live<Long, Long> live(Duration keepAliveEvery) {
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
    return new Live<>(receiver, 0L, number -> number, new KeepAlive(keepAliveEvery));
  }

  private String written() {
    return written.toString();
  }
}
