package dev.errand.handlers.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.errand.engine.attempt.InvalidParams;
import dev.errand.engine.attempt.InvalidParams.Violation;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

@NullMarked
class JacksonJsonTest {
  private final JacksonJson json = new JacksonJson();

  enum Depth {
    BRIEF,
    IN_DETAIL
  }

  record Search(String query, int maxResults, Optional<Depth> depth, @Nullable String site) {}

  record Every(
      boolean flag,
      double ratio,
      long count,
      BigDecimal price,
      URI address,
      UUID id,
      Instant at,
      LocalDate day,
      Duration delay,
      Depth depth,
      List<String> names,
      Map<String, Integer> counts) {}

  record Page(String url, int words) {
    Page {
      new InvalidParams.Check()
          .that(url.startsWith("http"), "/url", "must be a web address")
          .that(words >= 0, "/words", "must be 0 or more")
          .orThrow();
    }
  }

  record Nothing() {}

  record Pages(List<Page> pages) {}

  @Test
  void components_are_snake_case_and_keep_their_order() {
    assertThat(json.write(new Search("q", 3, Optional.of(Depth.IN_DETAIL), null)))
        .isEqualTo(
            """
            {"query":"q","max_results":3,"depth":"in_detail","site":null}\
            """);
  }

  @Test
  void optional_and_nullable_components_may_be_absent_or_null() {
    var expected = new Search("q", 3, Optional.empty(), null);
    assertThat(json.read("{\"query\":\"q\",\"max_results\":3}", Search.class)).isEqualTo(expected);
    assertThat(json.read(json.write(expected), Search.class)).isEqualTo(expected);
  }

  @Test
  void every_kind_of_value_comes_back_as_it_was() {
    var every =
        new Every(
            true,
            1.5,
            Long.MAX_VALUE,
            new BigDecimal("1.10"),
            URI.create("https://example.org/a?b"),
            UUID.fromString("0198f3a0-0000-7000-8000-000000000001"),
            Instant.parse("2026-01-02T03:04:05.123456789Z"),
            LocalDate.parse("2026-01-02"),
            Duration.ofMillis(1500),
            Depth.BRIEF,
            List.of("a", ""),
            Map.of("b", 2, "a", 1));
    String text = json.write(every);
    assertThat(text)
        .contains("\"at\":\"2026-01-02T03:04:05.123456789Z\"", "\"delay\":\"PT1.5S\"")
        .contains("\"counts\":{\"a\":1,\"b\":2}");
    assertThat(json.read(text, Every.class)).isEqualTo(every);
  }

  @Test
  void bytes_are_base64() {
    byte[] bytes = {0, -1, 7};
    assertThat(json.write(bytes)).isEqualTo("\"AP8H\"");
    assertThat(json.read("\"AP8H\"", byte[].class)).isEqualTo(bytes);
    assertThat(violations("\"%\"", byte[].class)).hasSize(1);
  }

  @Test
  void any_json_object_survives_unchanged() {
    String text =
        """
        {"z":1.10,"a":[null,true,1e-9,12345678901234567890],"\u00e9":"\\u0000","\ud83d\ude00":{}}\
        """;
    assertThat(json.write(json.read(text, ObjectNode.class)))
        .isEqualTo(text.replace("1e-9", "1E-9"));
  }

  @Test
  void half_a_character_survives_being_stored_as_utf8() {
    ObjectNode read = json.read("{\"a\":\"x\\ud800y\"}", ObjectNode.class);
    assertThat(json.write(read)).isEqualTo("{\"a\":\"x\\ud800y\"}").isASCII();
  }

  @Test
  void maps_are_written_in_one_order_whatever_their_own() {
    Map<String, Integer> map = new HashMap<>();
    for (int i = 9; i >= 0; i--) {
      map.put("k" + i, i);
    }
    assertThat(json.write(map)).startsWith("{\"k0\":0,\"k1\":1,").endsWith("\"k9\":9}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"query\":\"q\"}                                    | /max_results | is missing",
        "{\"query\":\"q\",\"max_results\":null}               | /max_results | must not be null",
        "{\"query\":null,\"max_results\":1}                   | /query       | must not be null",
        "{\"query\":1,\"max_results\":1}                      | /query       | must be a string",
        "{\"query\":true,\"max_results\":1}                   | /query       | must be a string",
        "{\"query\":[],\"max_results\":1}                     | /query       | must be a string",
        "{\"query\":\"q\",\"max_results\":\"1\"}              | /max_results | must be a whole number",
        "{\"query\":\"q\",\"max_results\":\"\"}               | /max_results | must be a whole number",
        "{\"query\":\"q\",\"max_results\":1.0}                | /max_results | must be a whole number",
        "{\"query\":\"q\",\"max_results\":true}               | /max_results | must be a whole number",
        "{\"query\":\"q\",\"max_results\":99999999999}        | /max_results | is out of range",
        "{\"query\":\"q\",\"max_results\":1,\"depth\":0}      | /depth       | must be one of brief, in_detail",
        "{\"query\":\"q\",\"max_results\":1,\"depth\":\"x\"}  | /depth       | must be one of brief, in_detail",
        "{\"query\":\"q\",\"max_results\":1,\"depth\":\"\"}   | /depth       | must be one of brief, in_detail",
        "{\"query\":\"q\",\"max_results\":1,\"a/b~c\":1}      | /a~1b~0c     | is not a known field; known are depth, max_results, query, site",
        "{\"query\":\"q\",\"maxResults\":1}                   | /max_results | is missing",
        "null                                                 | ``           | must be an object, not null",
        "[]                                                   | ``           | must be an object",
        "\"\"                                                 | ``           | must be an object",
        "17                                                   | ``           | must be an object",
      })
  void what_does_not_fit_is_refused_with_a_pointer(String text, String pointer, String detail) {
    assertThat(violations(text, Search.class)).containsExactly(new Violation(pointer, detail));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{\"query\":",
        "{} {}",
        "{'query':'q'}",
        "{\"query\":\"q\",\"query\":\"r\"}",
        "nul",
        "{,}"
      })
  void text_that_is_not_one_json_value_is_refused(String text) {
    assertThat(violations(text, Search.class)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "at      | 5",
        "at      | \"\"",
        "at      | \"yesterday\"",
        "day     | [2026,1,2]",
        "delay   | 5",
        "delay   | \"5 s\"",
        "delay   | null",
        "address | \"\"",
        "address | \"http://a b\"",
        "id      | \"\"",
        "id      | \"1-1-1-1-1\"",
        "flag    | \"true\"",
        "flag    | 1",
        "ratio   | \"1.5\"",
        "price   | \"1.5\"",
        "count   | 1.5",
        "names   | \"a\"",
        "names   | [\"a\",null]",
        "names   | [1]",
        "counts  | {\"a\":null}",
        "counts  | {\"a\":\"1\"}",
        "counts  | []",
      })
  void no_value_is_taken_for_another_kind(String field, String value) {
    assertThat(json.read(objectOf(everyField()), Every.class).ratio()).isEqualTo(1.0);
    Map<String, String> fields = everyField();
    fields.put(field, value);
    assertThat(violations(objectOf(fields), Every.class))
        .singleElement()
        .extracting(Violation::pointer)
        .asString()
        .startsWith("/" + field);
  }

  private static Map<String, String> everyField() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("flag", "true");
    fields.put("ratio", "1");
    fields.put("count", "1");
    fields.put("price", "1");
    fields.put("address", "\"a\"");
    fields.put("id", "\"0198f3a0-0000-7000-8000-000000000001\"");
    fields.put("at", "\"2026-01-02T03:04:05Z\"");
    fields.put("day", "\"2026-01-02\"");
    fields.put("delay", "\"PT1S\"");
    fields.put("depth", "\"brief\"");
    fields.put("names", "[]");
    fields.put("counts", "{}");
    return fields;
  }

  private static String objectOf(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> "\"%s\":%s".formatted(field.getKey(), field.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  @Test
  void a_record_that_checks_itself_is_heard_with_all_it_says() {
    assertThat(
            violations(
                "{\"pages\":[{\"url\":\"http://a\",\"words\":1},{\"url\":\"x\",\"words\":-1}]}",
                Pages.class))
        .containsExactly(
            new Violation("/pages/1/url", "must be a web address"),
            new Violation("/pages/1/words", "must be 0 or more"));
  }

  @Test
  void deep_nesting_is_refused_not_followed() {
    assertThat(violations("{\"a\":".repeat(100_000), ObjectNode.class)).hasSize(1);
    assertThat(violations("[".repeat(100_000), Search.class)).hasSize(1);
  }

  @Test
  void no_message_names_a_class_or_a_package() {
    assertThat(violations("{\"pages\":[7]}", Pages.class))
        .containsExactly(new Violation("/pages/0", "must be an object"));
  }

  @Test
  void a_record_without_components_is_an_empty_object() {
    assertThat(json.write(new Nothing())).isEqualTo("{}");
    assertThat(json.read("{}", Nothing.class)).isEqualTo(new Nothing());
    assertThat(violations("{\"a\":1}", Nothing.class)).hasSize(1);
  }

  @Test
  void what_has_no_json_form_is_said_so() {
    assertThatThrownBy(() -> json.write(new Object()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("java.lang.Object");
  }

  private List<Violation> violations(String text, Class<?> type) {
    return catchThrowableOfType(InvalidParams.class, () -> json.read(text, type)).violations();
  }
}
