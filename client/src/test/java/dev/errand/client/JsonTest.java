package dev.errand.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

class JsonTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "null",
        "\"\"",
        "[1,-2,9007199254740993,123456789012345678901234567890,0.1,1.50,true,false,null]",
        "{\"a\":{\"b\":[{},[],\"\\\"\\\\\\n\\u0000 ü ✓ 😀\"]},\"\":1}"
      })
  void what_is_read_is_written_again(String text) {
    String written = Json.line(Json.read(text));
    assertThat(Json.read(written)).isEqualTo(Json.read(text));
    assertThat(Json.read(Json.pretty(Json.read(text)))).isEqualTo(Json.read(text));
  }

  @Test
  void numbers_keep_every_digit() {
    String text = "[9007199254740993,123456789012345678901234567890,0.1,1.50]";
    assertThat(Json.line(Json.read(text))).isEqualTo(text);
  }

  @Test
  void people_get_two_spaces_a_level() {
    assertThat(Json.pretty(Json.read("{\"a\":[1,{\"b\":2}]}")))
        .isEqualTo(
            """
            {
              "a" : [
                1,
                {
                  "b" : 2
                }
              ]
            }\
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "{", "[1,", "{\"a\"}", "{}{}", "nul", "'a'", "[1]]"})
  void what_is_no_json_is_refused(String text) {
    assertThatThrownBy(() -> Json.read(text)).isInstanceOf(JacksonException.class);
  }
}
