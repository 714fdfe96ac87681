package dev.errand.handlers.research;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.engine.hash.Sha256;
import dev.errand.handlers.research.Report.Evidence;
import dev.errand.handlers.research.Report.Form;
import dev.errand.testkit.attempt.RecordingAttempt;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuoteCheckTest {
  private static final String TEXT = "Green tea is steeped for two minutes.";

  @Test
  void a_quote_is_verbatim_where_it_stands() {
    assertThat(QuoteCheck.isVerbatim(quote(0, TEXT.length(), TEXT), TEXT)).isTrue();
    assertThat(QuoteCheck.isVerbatim(quote(6, 9, "tea"), TEXT)).isTrue();
  }

  @Test
  void anything_else_is_not() {
    assertThat(QuoteCheck.isVerbatim(quote(7, 10, "tea"), TEXT)).isFalse();
    assertThat(QuoteCheck.isVerbatim(quote(6, 9, "Tea"), TEXT)).isFalse();
    assertThat(QuoteCheck.isVerbatim(quote(-1, 2, "tea"), TEXT)).isFalse();
    assertThat(QuoteCheck.isVerbatim(quote(6, 6, ""), TEXT)).isFalse();
    assertThat(QuoteCheck.isVerbatim(quote(30, 99, "tea"), TEXT)).isFalse();
    assertThat(
            QuoteCheck.isVerbatim(
                new Evidence(1, 6, 9, "0".repeat(64), Form.SENTENCE, "tea"), TEXT))
        .isFalse();
  }

  @Test
  void a_quote_that_does_not_verify_leaves_the_report_and_is_counted(@TempDir Path folder)
      throws Exception {
    var asking = new Asking(folder).file("tea.txt", TEXT);
    var params = asking.prompt("How long is green tea steeped?");
    var first = asking.ask(params, new RecordingAttempt(Asking.JSON));
    var draft = Objects.requireNonNull(first.attempt().finishedSteps().get("write"));
    var forged =
        Asking.stoppedAfter("rank", first.attempt())
            .withStep(
                "write",
                Asking.JSON.read(draft.replace("two minutes", "ten minutes"), Object.class));
    var answer = asking.ask(params, forged);
    assertThat(answer.published().removed()).isEqualTo(1);
    assertThat(answer.published().quotes()).isZero();
    assertThat(answer.markdown())
        .contains("**Not found.**")
        .contains("; removed 1 quote that did not verify.")
        .doesNotContain("ten minutes");
    assertThat(answer.warnings()).containsExactly("Removed 1 quote that did not verify");
  }

  private static Evidence quote(int start, int end, String quote) {
    return new Evidence(1, start, end, Sha256.hex(quote), Form.SENTENCE, quote);
  }
}
