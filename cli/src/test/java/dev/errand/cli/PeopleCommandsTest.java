package dev.errand.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.client.Json;
import dev.errand.testkit.loopback.LoopbackServer;
import dev.errand.testkit.loopback.LoopbackServer.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeopleCommandsTest {
  private static final String ADA =
      """
      {"name":"ada","role":"operator","disabled":%s,"created_at":"2026-01-02T03:04:05Z"}\
      """;
  private static final String KEY =
      """
      {"id":"01980c6e-5b1f-7d6a-9f1e-2b6f3c1d4e5f","owner":"ada","name":"ci","prefix":"errand_abcde",
       "scopes":["tasks:read"],"created_at":"2026-01-02T03:04:05Z","expires_at":null,
       "revoked_at":null,"last_used_at":"2026-02-03T03:04:05Z","key":%s}\
      """;

  private final LoopbackServer server = LoopbackServer.start();
  private final Typed typed = new Typed().with("ERRAND_URL", server.url());

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void users_lists_who_there_is() {
    server.on(
        "GET /users?limit=200",
        Reply.json(200, "{\"users\":[" + ADA.formatted(true) + "],\"next_cursor\":null}"));

    var outcome = typed.run("users", "list");

    assertThat(outcome.out().lines().map(line -> line.replaceAll(" +", " ")))
        .containsExactly("USER ROLE STATE SINCE", "ada operator disabled 2026-01-02");
    assertThat(Json.read(typed.run("users", "--json").out()).path("users").size()).isEqualTo(1);
  }

  @Test
  void a_new_users_password_comes_from_the_standard_input() {
    server.on("POST /users", Reply.json(201, ADA.formatted(false)));

    var outcome =
        typed.input("correct horse battery\n").run("users", "add", "ada", "--role", "operator");

    assertThat(outcome.out()).isEqualTo("ada  operator\n");
    assertThat(Json.read(server.latest("POST /users").body()))
        .isEqualTo(
            Json.read(
                "{\"name\":\"ada\",\"password\":\"correct horse battery\",\"role\":\"operator\"}"));
    assertThat(outcome.out() + outcome.err()).doesNotContain("horse");
  }

  @Test
  void a_user_is_disabled_enabled_and_given_a_role() {
    server.on("POST /users/ada", Reply.json(200, ADA.formatted(true)));

    assertThat(typed.run("users", "disable", "ada").out()).contains("disabled");
    assertThat(server.latest("POST /users/ada").body()).isEqualTo("{\"disabled\":true}");
    typed.run("users", "enable", "ada");
    assertThat(server.latest("POST /users/ada").body()).isEqualTo("{\"disabled\":false}");
    typed.run("users", "role", "ada", "admin");
    assertThat(server.latest("POST /users/ada").body()).isEqualTo("{\"role\":\"admin\"}");
  }

  @Test
  void a_key_is_printed_alone_when_it_is_made() {
    server.on("POST /api-keys", Reply.json(201, KEY.formatted("\"errand_abcdefgh\"")));

    var outcome = typed.run("keys", "create", "ci", "--scopes", "tasks:read", "--days", "30");

    assertThat(outcome.out()).isEqualTo("errand_abcdefgh\n");
    assertThat(Json.read(server.latest("POST /api-keys").body()))
        .isEqualTo(
            Json.read("{\"name\":\"ci\",\"scopes\":[\"tasks:read\"],\"expires_in_days\":30}"));
  }

  @Test
  void keys_are_listed_and_revoked() {
    server.on(
        "GET /api-keys?limit=200",
        Reply.json(200, "{\"api_keys\":[" + KEY.formatted("null") + "],\"next_cursor\":null}"));
    server.on("DELETE /api-keys/7", Reply.json(200, ""));

    assertThat(
            typed.run("keys", "list").out().lines().skip(1).map(line -> line.replaceAll(" +", " ")))
        .containsExactly(
            "01980c6e-5b1f-7d6a-9f1e-2b6f3c1d4e5f errand_abcde ci tasks:read 2026-02-03 - active");
    assertThat(typed.run("keys", "revoke", "7").code()).isZero();
    assertThat(server.requests()).last().matches(last -> last.call().equals("DELETE /api-keys/7"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "users add                 | 'users add' takes a name.",
        "users role ada            | 'users role' takes a name and a role.",
        "users role ada king       | A role is user, operator or admin, not 'king'.",
        "users crown ada           | 'users crown' is nothing that can be done.",
        "keys revoke               | 'keys revoke' takes the id of a key.",
        "keys create x --days 0    | --days takes a number from 1 to 3650, not '0'.",
      })
  void what_is_not_understood_is_told(String line, String message) {
    var outcome = typed.run(line.split(" ", -1));

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains(message);
  }
}
