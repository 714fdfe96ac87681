package dev.errand.server.research;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.engine.problem.Problem;
import dev.errand.server.json.WireJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class SomethingToReadTest {
  private static final String BARE = "{'prompt':'Why?'}";

  private final SomethingToRead offline = new SomethingToRead(() -> false);

  @ParameterizedTest
  @ValueSource(
      strings = {
        BARE,
        "{'prompt':'Why?','docs':[],'urls':[]}",
        "{'prompt':'Why?','plan_only':false}"
      })
  void a_research_that_can_read_nothing_is_refused_with_what_to_do(String params) {
    assertThatThrownBy(() -> offline.require("research", params(params)))
        .isInstanceOf(Problem.Refused.class)
        .hasMessageContainingAll("/sources", "name pages in urls", "BRAVE_API_KEY");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'prompt':'Why?','urls':['https://example.org/']}",
        "{'prompt':'Why?','docs':['/srv/docs']}",
        "{'prompt':'Why?','sources':['hackernews']}",
        "{'prompt':'Why?','plan_only':true}",
        "{'docs':'no array'}"
      })
  void one_that_can_or_is_wrong_in_another_way_is_left_to_others(String params) {
    assertThatCode(() -> offline.require("research", params(params))).doesNotThrowAnyException();
  }

  @Test
  void a_bare_prompt_is_enough_where_the_web_can_be_searched_and_for_other_types() {
    assertThatCode(() -> new SomethingToRead(() -> true).require("research", params(BARE)))
        .doesNotThrowAnyException();
    assertThatCode(() -> offline.require("search", params(BARE))).doesNotThrowAnyException();
  }

  private static ObjectNode params(String json) {
    return (ObjectNode) WireJson.mapper(1_000).readTree(json.replace('\'', '"'));
  }
}
