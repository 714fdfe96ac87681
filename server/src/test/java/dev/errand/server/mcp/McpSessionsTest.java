package dev.errand.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class McpSessionsTest {
  private Instant now = Instant.parse("2030-01-01T00:00:00Z");
  private final McpSessions sessions = new McpSessions(() -> now);

  @Test
  void a_session_is_its_users_until_it_is_forgotten() {
    assertThat(sessions.open("a", "ada")).isEmpty();

    assertThat(sessions.use("a", "ada")).isTrue();
    assertThat(sessions.use("a", "bob")).isFalse();
    assertThat(sessions.use("b", "ada")).isFalse();
    sessions.forget("a");
    assertThat(sessions.use("a", "ada")).isFalse();
  }

  @Test
  void one_too_many_ends_the_one_not_used_for_longest_and_nobody_elses() {
    sessions.open("bob's", "bob");
    for (int i = 0; i < McpSessions.MOST_OF_ONE_USER; i++) {
      assertThat(sessions.open("a" + i, "ada")).isEmpty();
    }
    sessions.use("a0", "ada");

    assertThat(sessions.open("more", "ada")).containsExactly("a1");
    assertThat(sessions.use("a0", "ada")).isTrue();
    assertThat(sessions.use("bob's", "bob")).isTrue();
  }

  @Test
  void what_nobody_used_for_an_hour_ends_when_somebody_comes() {
    sessions.open("idle", "ada");
    sessions.open("busy", "ada");
    now = now.plus(Duration.ofMinutes(50));
    sessions.use("busy", "ada");
    now = now.plus(Duration.ofMinutes(11));

    assertThat(sessions.open("new", "bob")).containsExactly("idle");
    assertThat(sessions.use("busy", "ada")).isTrue();
  }

  @Test
  void all_users_together_have_no_more_than_so_many() {
    int ended = 0;
    for (int i = 0; i < 1_100; i++) {
      ended += sessions.open("s" + i, "user " + i).size();
    }

    assertThat(ended).isEqualTo(1_100 - 1_024);
    assertThat(sessions.use("s1099", "user 1099")).isTrue();
  }
}
