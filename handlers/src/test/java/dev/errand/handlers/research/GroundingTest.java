package dev.errand.handlers.research;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.engine.hash.Sha256;
import dev.errand.handlers.research.Report.Claim;
import dev.errand.handlers.research.Report.Evidence;
import dev.errand.handlers.research.Report.Form;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroundingTest {
  private static final String TEA =
      "Green tea is steeped for two minutes at 80 degrees, as Lu Yu wrote in May 1781.";

  @Test
  void what_the_evidence_says_is_kept() throws Exception {
    for (String kept :
        List.of(
            "Green tea is steeped for 2 minutes at eighty degrees.",
            "Lu Yu wrote in May 1781 that green tea is steeped for two minutes.",
            "Steeping green tea takes two minutes at 80 degrees.",
            "Tea: green tea is steeped at 80 degrees.")) {
      assertThat(judge(kept).fault()).as(kept).isEmpty();
    }
    assertThat(judge(TEA).support()).isEqualTo(1);
    assertThat(judge(TEA).doubt()).isEmpty();
  }

  @Test
  void other_numbers_dates_names_and_addresses_are_not() throws Exception {
    assertThat(fault("Green tea is steeped for three minutes at 80 degrees."))
        .isEqualTo("no cited passage says 3");
    assertThat(fault("Green tea is steeped for two minutes, as Lu Yu wrote in June 1781."))
        .isEqualTo("no cited passage says month 6");
    assertThat(fault("Green tea is steeped for two minutes, as Lu Tong wrote in May 1781."))
        .isEqualTo("no cited passage names Tong");
    assertThat(fault("Einstein steeped green tea for two minutes at 80 degrees."))
        .isEqualTo("no cited passage names Einstein");
    assertThat(fault("Green tea is steeped for two minutes (https://evil.example/tea)."))
        .startsWith("no cited passage holds the address");
  }

  @Test
  void what_is_denied_without_evidence_is_not_kept_and_the_reverse_is_doubted() throws Exception {
    assertThat(fault("Green tea is not steeped for two minutes at 80 degrees."))
        .isEqualTo("it denies something, and no cited passage does");
    var verdict =
        new Grounding(Embeddings.none())
            .judge(
                "Green tea is steeped in boiling water.",
                List.of(claim("Green tea is never steeped in boiling water.")),
                List.of("Tea"));
    assertThat(verdict.doubt()).contains("every cited passage denies something");
  }

  @Test
  void what_shares_few_words_with_the_evidence_is_removed_or_doubted() throws Exception {
    assertThat(fault("In the evening the cups keep their warmth for long."))
        .startsWith("the cited passages do not say it");
    assertThat(judge("Green tea is best when leaves are fresh.").doubt()).isPresent();
  }

  @Test
  void figures_have_one_form() {
    assertThat(FigureWords.in("2,000 rows, twelve columns, version 3.10 of 2024-01-05"))
        .containsExactlyInAnyOrder("2024", "month 1", "5", "2000", "12", "3.1");
    assertThat(FigureWords.in("On 5 January 2024 one may go."))
        .containsExactlyInAnyOrder("5", "2024", "month 1");
  }

  private static String fault(String sentence) throws Exception {
    return judge(sentence).fault().orElse("none");
  }

  private static Grounding.Verdict judge(String sentence) throws Exception {
    return new Grounding(Embeddings.none()).judge(sentence, List.of(claim(TEA)), List.of("Tea"));
  }

  private static Claim claim(String quote) {
    return new Claim(
        "1.1",
        1,
        List.of("Steeping"),
        List.of(new Evidence(1, 0, quote.length(), Sha256.hex(quote), Form.SENTENCE, quote)),
        List.of());
  }
}
