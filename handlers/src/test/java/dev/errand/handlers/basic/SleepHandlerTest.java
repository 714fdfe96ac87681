package dev.errand.handlers.basic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.engine.attempt.InvalidParams;
import dev.errand.handlers.json.JacksonJson;
import dev.errand.testkit.attempt.RecordingAttempt;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NullMarked
@Timeout(30)
class SleepHandlerTest {
  private final JacksonJson json = new JacksonJson();
  private final SleepHandler sleep = new SleepHandler();
  private final RecordingAttempt attempt = new RecordingAttempt(json);

  @Test
  void it_sleeps_and_says_how_far_it_is() throws Exception {
    SleepHandler.Result result = sleep.handle(params("0.35"), attempt);
    assertThat(result.sleptSeconds()).isGreaterThanOrEqualTo(0.35);
    assertThat(attempt.reported())
        .extracting(RecordingAttempt.Progress::percent)
        .hasSizeGreaterThan(2)
        .isSorted()
        .startsWith(0)
        .endsWith(100);
  }

  @Test
  void no_time_is_over_at_once() throws Exception {
    sleep.handle(params("0"), attempt);
    assertThat(attempt.reported()).containsExactly(new RecordingAttempt.Progress(100, "Awake"));
  }

  @Test
  void an_interrupt_wakes_it_at_once() throws Exception {
    var asleep = new FutureTask<>(() -> sleep.handle(params("86400"), attempt));
    Thread thread = Thread.ofVirtual().start(asleep);
    thread.interrupt();
    assertThatThrownBy(asleep::get).hasCauseInstanceOf(InterruptedException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "86400.001", "1e300", "\"NaN\"", "\"5\"", "null", "true"})
  void a_time_out_of_bounds_is_refused(String seconds) {
    assertThatThrownBy(() -> params(seconds)).isInstanceOf(InvalidParams.class);
  }

  private SleepHandler.Params params(String seconds) {
    return json.read("{\"seconds\":%s}".formatted(seconds), SleepHandler.Params.class);
  }
}
