package dev.errand.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {
  /// Port 1 answers nobody: whatever asks a server here fails with exit code 3.
  private final Typed typed = new Typed().with("ERRAND_URL", "http://127.0.0.1:1");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"help", "--help", "-h"})
  void help_lists_the_commands_and_exit_codes(String word) {
    var outcome = typed.run(word);

    assertThat(outcome.code()).isZero();
    assertThat(outcome.out())
        .contains("research ", "serve ", "submit ", "list ", "show ", "watch ", "log ", "cancel ")
        .contains(
            "retry ", "artifact ", "artifacts ", "dead-letters ", "queues ", "pause ", "resume ")
        .contains("workers ", "config ", "test ", "Exit codes:");
    assertThat(typed.run()).isEqualTo(outcome);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "research",
        "serve",
        "submit",
        "list",
        "show",
        "watch",
        "log",
        "cancel",
        "retry",
        "artifact",
        "artifacts",
        "dead-letters",
        "queues",
        "pause",
        "resume",
        "workers",
        "users",
        "keys",
        "config",
        "test",
        "bench",
        "chaos",
        "fake-search",
        "fake-model"
      })
  void every_command_has_help_with_an_example(String command) {
    var outcome = typed.run(command, "--help");

    assertThat(outcome.code()).isZero();
    assertThat(outcome.out())
        .startsWith("Usage: errand " + command)
        .contains("Examples:\n  errand " + command, "Exit codes:");
    assertThat(typed.run("help", command)).isEqualTo(outcome);
  }

  @Test
  void help_on_help_is_help() {
    assertThat(typed.run("help", "--help")).isEqualTo(typed.run("help"));
    assertThat(typed.run("help", "help")).isEqualTo(typed.run("help"));
  }

  @Test
  void the_options_of_a_server_are_listed_and_explained() {
    assertThat(typed.run("serve", "--help").out())
        .contains("--port PORT", "ERRAND_PORT, or 8080", "--role ROLE", "worker runs them");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "lst                          | There is no command 'lst'. Is 'list' meant?",
        "frobnicate                   | There is no command 'frobnicate'.",
        "list --nope                  | There is no option '--nope' here.",
        "list --limit                 | --limit needs a value.",
        "list --limit many            | --limit takes a number from 1 to 200, not 'many'.",
        "list --limit 0               | --limit takes a number from 1 to 200, not '0'.",
        "list extra                   | 'extra' is one word too many.",
        "show                         | ID is missing.",
        "show a b                     | One ID is expected, not 2.",
        "submit                       | TYPE is missing.",
        "submit echo --params nope    | --params is not JSON",
        "submit echo --params [1]     | --params takes a JSON object",
        "submit echo --params @gone   | --params @gone: the file cannot be read",
        "submit echo --delay soon     | --delay takes a duration such as 90s, 5m, 2h or 1d",
        "submit echo --ttl never      | --ttl takes a duration such as 90s, 5m, 2h or 1d",
        "submit echo --budget 5eur    | --budget takes tokens such as 200000 or money such as 0.50usd",
        "submit echo --max-retries -1 | --max-retries takes a number from 0 to 100, not '-1'.",
        "research                     | QUESTION is missing.",
        "research Why? --url ftp://x  | --url ftp://x: an address starts with http",
        "research Why? --docs /gone   | --docs /gone: there is no /gone.",
        "research Why? --plan /gone   | --plan /gone: there is no such file.",
      })
  void what_is_not_understood_is_told_with_where_to_read_more(String line, String message) {
    var outcome = typed.run(line.split(" "));

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains(message).contains("--help");
    assertThat(outcome.out()).isEmpty();
  }

  @Test
  void folders_that_hold_nothing_to_read_are_told_before_anything_starts() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Path file = Files.writeString(folder.resolve("file"), "text");

    assertThat(typed.run("research", "Why?", "--docs", empty.toString()).err())
        .contains(empty + " is empty.");
    assertThat(typed.run("research", "Why?", "--docs", file.toString()).err())
        .contains(file + " is not a folder.");
  }

  @Test
  void an_address_without_a_scheme_is_told_how_one_looks() {
    var outcome = new Typed().with("ERRAND_URL", "localhost:8080").run("list");

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("ERRAND_URL", "http://127.0.0.1:8080");
  }

  @Test
  void a_question_that_starts_with_a_dash_goes_after_two_dashes() {
    assertThat(typed.run("research", "--", "-1 times -1?").code()).isEqualTo(3);
  }
}
