package dev.errand.testkit.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.engine.lease.LogLine;
import dev.errand.engine.lease.LogLine.Level;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogLineTest {
  private static final int MAX_BYTES = 16 * 1024;

  @Test
  void what_would_break_the_line_becomes_a_space() {
    assertThat(kept("a\r\nb\u0000c\u001b[31md\u0085e\u2028f\u2029g\tä日😀"))
        .isEqualTo("a  b c [31md e f g\tä日😀");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "ä", "日", "😀", "aä日😀"})
  void a_long_line_is_cut_between_two_characters(String unit) {
    String text = unit.repeat(MAX_BYTES + 1);

    String kept = kept(text);

    assertThat(bytes(kept)).isBetween(MAX_BYTES - 3, MAX_BYTES);
    assertThat(kept.endsWith("…")).isTrue();
    assertThat(text.startsWith(kept.substring(0, kept.length() - 1))).isTrue();
    assertThat(kept(kept).equals(kept)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "ä", "😀"})
  void a_line_that_just_fits_stays_whole(String unit) {
    String text = unit.repeat(MAX_BYTES / bytes(unit));

    assertThat(kept(text).equals(text)).isTrue();
    assertThat(kept(text + unit).endsWith("…")).isTrue();
  }

  private static String kept(String text) {
    return new LogLine(Instant.EPOCH, Level.INFO, text).text();
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
