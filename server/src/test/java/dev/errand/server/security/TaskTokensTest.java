package dev.errand.server.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.engine.access.Caller.Role;
import dev.errand.engine.access.SigningKeys;
import dev.errand.engine.access.User;
import dev.errand.engine.access.UserName;
import dev.errand.engine.problem.Problem;
import dev.errand.engine.task.TaskId;
import dev.errand.testkit.time.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskTokensTest {
  private final SettableClock clock = new SettableClock();
  private final Keys keys = new Keys();
  private final Keyring keyring = new Keyring(keys);
  private final TaskTokens tokens = new TaskTokens(keyring, clock);
  private final TaskId task = TaskId.next();

  @Test
  void a_token_names_its_task_on_every_node() {
    String token = tokens.issue(task, Duration.ofMinutes(5));

    assertThat(tokens.verify(token)).isEqualTo(task);
    assertThat(new TaskTokens(new Keyring(keys), clock).verify(token)).isEqualTo(task);
  }

  @Test
  void a_token_ends() {
    String token = tokens.issue(task, Duration.ofMinutes(5));
    clock.advance(Duration.ofMinutes(7));

    refused(token);
  }

  @Test
  void a_clock_that_was_an_hour_ahead_makes_no_token_for_now() {
    clock.advance(Duration.ofHours(1));
    String early = tokens.issue(task, Duration.ofMinutes(5));
    clock.advance(Duration.ofHours(-1));

    refused(early);
  }

  @Test
  void a_user_is_no_task_and_a_task_is_no_user() {
    UserTokens users = new UserTokens(keyring, Duration.ofMinutes(5), clock);
    User ada = new User(new UserName("ada"), Role.ADMIN, false, Instant.EPOCH);
    String token = users.issue(ada, UUID.randomUUID());

    refused(token);
    assertThatThrownBy(
            () -> users.login(Jwt.parse(tokens.issue(task, Duration.ofMinutes(5))).orElseThrow()))
        .isInstanceOf(Problem.Refused.class);
  }

  @Test
  void nobody_elses_key_signs_for_us() {
    refused(new TaskTokens(new Keyring(new Keys()), clock).issue(task, Duration.ofMinutes(5)));
    refused(ForgedTokens.tampered(tokens.issue(task, Duration.ofMinutes(5))));
    refused(ForgedTokens.unsigned(tokens.issue(task, Duration.ofMinutes(5))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "a.b.c", "..", "eyJhbGciOiJub25lIn0.e30."})
  void what_is_no_token_is_refused(String text) {
    refused(text);
    refused(text + "x".repeat(100_000));
  }

  @Test
  void an_old_key_counts_until_it_has_leaked() {
    String old = tokens.issue(task, Duration.ofMinutes(5));
    keyring.rotate();
    String fresh = tokens.issue(task, Duration.ofMinutes(5));

    assertThat(tokens.verify(old)).isEqualTo(task);
    assertThat(tokens.verify(fresh)).isEqualTo(task);
    assertThat(keyring.publicKeys()).doesNotContain("\"d\"");

    keyring.replace();
    refused(old);
    refused(fresh);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S", "PT25H"})
  void a_token_lives_neither_never_nor_for_ever(String life) {
    assertThatThrownBy(() -> tokens.issue(task, Duration.parse(life)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void refused(String token) {
    assertThatThrownBy(() -> tokens.verify(token)).isInstanceOf(Problem.Refused.class);
  }

  /// Keys in memory; those before a new one count until it says otherwise.
  private static final class Keys implements SigningKeys {
    private final List<SigningKey> keys = new ArrayList<>();

    @Override
    public synchronized List<SigningKey> all() {
      return List.copyOf(keys);
    }

    @Override
    public synchronized void add(SigningKey key, Duration othersFor) {
      if (othersFor.isZero()) {
        keys.clear();
      }
      keys.addFirst(key);
    }
  }
}
