package dev.errand.handlers.basic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.engine.attempt.InvalidParams;
import dev.errand.handlers.json.JacksonJson;
import dev.errand.testkit.attempt.RecordingAttempt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EchoHandlerTest {
  private final JacksonJson json = new JacksonJson();
  private final EchoHandler echo = new EchoHandler();

  @ParameterizedTest
  @ValueSource(strings = {"{\"msg\":\"hello\"}", "{}", "{\"b\":[1,{\"c\":null}],\"a\":1.50}"})
  void an_object_comes_back_as_it_was(String params) {
    var result = echo.handle(json.read(params, echo.paramsType()), new RecordingAttempt(json));
    assertThat(json.write(result)).isEqualTo(params);
  }

  @Test
  void what_is_no_object_is_refused() {
    assertThatThrownBy(() -> json.read("[1]", echo.paramsType())).isInstanceOf(InvalidParams.class);
    assertThatThrownBy(() -> json.read("\"hello\"", echo.paramsType()))
        .isInstanceOf(InvalidParams.class);
  }
}
