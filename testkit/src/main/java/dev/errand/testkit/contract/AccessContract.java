package dev.errand.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.engine.access.ApiKey;
import dev.errand.engine.access.ApiKeys;
import dev.errand.engine.access.Caller.Role;
import dev.errand.engine.access.Digest;
import dev.errand.engine.access.Logins;
import dev.errand.engine.access.Logins.Kind;
import dev.errand.engine.access.Logins.Live;
import dev.errand.engine.access.Logins.NewLogin;
import dev.errand.engine.access.Logins.Renewal;
import dev.errand.engine.access.Scope;
import dev.errand.engine.access.User;
import dev.errand.engine.access.UserName;
import dev.errand.engine.access.Users;
import dev.errand.engine.task.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What every [Users], [Logins] and [ApiKeys] over one state must keep, and when it must stop to.
public abstract class AccessContract {
  private static final UserName ADA = new UserName("ada");
  private static final UserName BOB = new UserName("bob");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration GRACE = Duration.ofSeconds(10);

  /// Those of this test, which held nothing when the test began.
  protected abstract Users users();

  protected abstract Logins logins();

  protected abstract ApiKeys keys();

  /// The present as the stores would stamp it on something that happens now.
  protected abstract Instant now();

  /// Lets `time` pass for everything that the stores hold.
  protected abstract void timePasses(Duration time);

  @Test
  void a_user_is_found_as_added_and_a_name_is_given_once() {
    User ada = users().add(ADA, Role.OPERATOR, "hash").orElseThrow();

    assertThat(users().add(ADA, Role.ADMIN, "other")).isEmpty();
    assertThat(users().find(ADA)).contains(ada);
    assertThat(ada.role()).isEqualTo(Role.OPERATOR);
    assertThat(ada.disabled()).isFalse();
    assertThat(users().passwordHash(ADA)).contains("hash");
    assertThat(users().find(BOB)).isEmpty();
    assertThat(users().passwordHash(BOB)).isEmpty();
  }

  @Test
  void of_eight_who_add_a_name_at_once_one_does() throws Exception {
    List<Callable<Boolean>> racers =
        IntStream.range(0, 8)
            .<Callable<Boolean>>mapToObj(
                i -> () -> users().add(ADA, Role.USER, "hash " + i).isPresent())
            .toList();

    assertThat(Race.between(racers)).containsOnlyOnce(true);
  }

  @Test
  void users_are_listed_by_name_page_by_page() {
    List.of("cleo", "ada", "bob").forEach(name -> add(new UserName(name)));

    assertThat(users().list(null, 2)).extracting(User::name).containsExactly(ADA, BOB);
    assertThat(users().list(BOB, 2)).extracting(one -> one.name().value()).containsExactly("cleo");
  }

  @Test
  void only_what_is_given_changes_of_a_user() {
    add(ADA);

    assertThat(users().change(ADA, Role.ADMIN, null).orElseThrow().role()).isEqualTo(Role.ADMIN);
    User disabled = users().change(ADA, null, true).orElseThrow();
    assertThat(disabled.disabled()).isTrue();
    assertThat(disabled.role()).isEqualTo(Role.ADMIN);
    assertThat(users().change(ADA, Role.USER, false)).isEqualTo(users().find(ADA));
    assertThat(users().find(ADA).orElseThrow().disabled()).isFalse();
    assertThat(users().change(BOB, Role.ADMIN, null)).isEmpty();
  }

  @Test
  void a_password_is_rehashed_only_while_it_is_the_same() {
    add(ADA);

    users().rehash(ADA, "another", "wrong");
    assertThat(users().passwordHash(ADA)).contains("hash");
    users().rehash(ADA, "hash", "hash, but newer");
    assertThat(users().passwordHash(ADA)).contains("hash, but newer");
  }

  @Test
  void a_login_is_opened_with_the_password_and_goes_on_until_it_ends() {
    User ada = add(ADA);

    UUID login = opened(ADA, Kind.BROWSER, "cookie");

    assertThat(logins().find(login))
        .contains(new Live(login, ada, Kind.BROWSER, Digest.of("cookie")));
    logins().end(login);
    logins().end(login);
    assertThat(logins().find(login)).isEmpty();
  }

  @Test
  void a_login_ends_when_its_life_is_over() {
    add(ADA);
    UUID login = opened(ADA, Kind.TOKEN, "first");

    timePasses(HOUR.minusMinutes(1));
    assertThat(logins().find(login)).isPresent();
    timePasses(Duration.ofMinutes(2));

    assertThat(logins().find(login)).isEmpty();
    assertThat(renew(login, "first", "second")).isInstanceOf(Renewal.Unknown.class);
  }

  @Test
  void nobody_logs_in_with_another_password_or_while_disabled() {
    add(ADA);

    assertThat(logins().open(login(UUID.randomUUID(), ADA, Kind.TOKEN, "x"), "wrong")).isFalse();
    assertThat(logins().open(login(UUID.randomUUID(), BOB, Kind.TOKEN, "x"), "hash")).isFalse();
    users().change(ADA, null, true);
    assertThat(logins().open(login(UUID.randomUUID(), ADA, Kind.TOKEN, "x"), "hash")).isFalse();
  }

  @Test
  void a_user_who_is_disabled_or_gets_another_password_has_no_logins_left() {
    add(ADA);
    add(BOB);
    UUID disabled = opened(ADA, Kind.TOKEN, "a");
    UUID changed = opened(BOB, Kind.BROWSER, "b");

    users().change(ADA, null, true);
    users().change(ADA, null, false);
    assertThat(users().setPassword(BOB, "new hash")).isTrue();

    assertThat(logins().find(disabled)).isEmpty();
    assertThat(logins().find(changed)).isEmpty();
    assertThat(users().passwordHash(BOB)).contains("new hash");
    assertThat(users().setPassword(new UserName("cleo"), "x")).isFalse();
  }

  @Test
  void a_refresh_token_is_good_once_and_a_second_use_soon_after_is_forgiven() {
    User ada = add(ADA);
    UUID login = opened(ADA, Kind.TOKEN, "first");

    assertThat(renew(login, "first", "second")).isEqualTo(new Renewal.Renewed(ada));
    assertThat(renew(login, "first", "third")).isInstanceOf(Renewal.JustUsed.class);
    assertThat(renew(login, "second", "third")).isEqualTo(new Renewal.Renewed(ada));
    assertThat(logins().find(login).map(Live::secret)).contains(Digest.of("third"));
  }

  @Test
  void a_refresh_token_that_is_used_again_later_ends_its_login() {
    add(ADA);
    UUID login = opened(ADA, Kind.TOKEN, "first");
    renew(login, "first", "second");
    timePasses(GRACE.plusSeconds(1));

    assertThat(renew(login, "first", "third")).isEqualTo(new Renewal.Reused(ADA));

    assertThat(logins().find(login)).isEmpty();
    assertThat(renew(login, "second", "third")).isInstanceOf(Renewal.Unknown.class);
  }

  @Test
  void a_browsers_cookie_cannot_be_renewed() {
    add(ADA);
    UUID login = opened(ADA, Kind.BROWSER, "cookie");

    assertThat(renew(login, "cookie", "next")).isInstanceOf(Renewal.Unknown.class);
    assertThat(logins().find(login)).isPresent();
  }

  @Test
  void of_eight_who_use_a_refresh_token_at_once_one_gets_the_next() throws Exception {
    add(ADA);
    UUID login = opened(ADA, Kind.TOKEN, "first");
    List<Callable<Boolean>> racers =
        IntStream.range(0, 8)
            .<Callable<Boolean>>mapToObj(
                i -> () -> renew(login, "first", "next " + i) instanceof Renewal.Renewed)
            .toList();

    assertThat(Race.between(racers)).containsOnlyOnce(true);
    assertThat(logins().find(login)).isPresent();
  }

  @Test
  void logins_that_are_long_over_are_forgotten() {
    add(ADA);
    UUID ended = opened(ADA, Kind.TOKEN, "a");
    opened(ADA, Kind.TOKEN, "b");
    logins().end(ended);
    timePasses(Duration.ofMinutes(30));

    assertThat(logins().forget(HOUR)).isZero();
    timePasses(HOUR);
    assertThat(logins().forget(HOUR)).isEqualTo(1);
    timePasses(HOUR);
    assertThat(logins().forget(HOUR)).isEqualTo(1);
  }

  @Test
  void a_key_is_found_as_added_by_its_secret_by_its_id_and_in_lists() {
    ApiKey first = key("ada", Role.ADMIN, "one", null);
    ApiKey second = key("ada", Role.ADMIN, "two", now().plus(HOUR));
    ApiKey other = key("bob", Role.USER, "three", null);

    assertThat(keys().valid(Digest.of("one"))).contains(first);
    assertThat(keys().valid(Digest.of("four"))).isEmpty();
    assertThat(keys().find(second.id())).contains(second);
    assertThat(keys().list("ada", null, 10)).containsExactly(second, first);
    assertThat(keys().list("ada", second.id(), 10)).containsExactly(first);
    assertThat(keys().list(null, null, 2)).containsExactly(other, second);
  }

  @Test
  void a_key_opens_nothing_once_it_is_revoked_or_has_expired() {
    ApiKey revoked = key("ada", Role.USER, "one", null);
    key("ada", Role.USER, "two", now().plus(HOUR));

    assertThat(keys().revoke(revoked.id())).isTrue();
    assertThat(keys().revoke(revoked.id())).isFalse();
    assertThat(keys().revoke(UUID.randomUUID())).isFalse();
    assertThat(keys().valid(Digest.of("one"))).isEmpty();
    assertThat(keys().find(revoked.id()).orElseThrow().revokedAt()).isNotNull();
    assertThat(keys().valid(Digest.of("two"))).isPresent();
    timePasses(HOUR.plusMinutes(1));
    assertThat(keys().valid(Digest.of("two"))).isEmpty();
  }

  @Test
  void a_key_may_never_do_more_than_its_owner_does_now() {
    users().add(ADA, Role.ADMIN, "hash");
    key("ada", Role.ADMIN, "strong", null);
    key("ada", Role.USER, "weak", null);
    key("oidc:eve", Role.OPERATOR, "guest", null);

    users().change(ADA, Role.OPERATOR, null);
    assertThat(role("strong")).contains(Role.OPERATOR);
    assertThat(role("weak")).contains(Role.USER);
    assertThat(role("guest")).contains(Role.OPERATOR);

    users().change(ADA, null, true);
    assertThat(role("strong")).isEmpty();
    users().change(ADA, Role.ADMIN, false);
    assertThat(role("strong")).contains(Role.ADMIN);
  }

  @Test
  void the_use_of_a_key_is_noted_once_a_minute() {
    ApiKey key = key("ada", Role.USER, "one", null);
    assertThat(lastUsed(key)).isNull();

    keys().used(key.id());
    Instant first = lastUsed(key);
    keys().used(key.id());
    assertThat(first).isNotNull();
    assertThat(lastUsed(key)).isEqualTo(first);

    timePasses(Duration.ofMinutes(2));
    Instant aged = lastUsed(key);
    keys().used(key.id());
    assertThat(lastUsed(key)).isAfter(aged);
  }

  private User add(UserName name) {
    return users().add(name, Role.USER, "hash").orElseThrow();
  }

  private UUID opened(UserName user, Kind kind, String secret) {
    UUID id = UUID.randomUUID();
    assertThat(logins().open(login(id, user, kind, secret), "hash")).isTrue();
    return id;
  }

  private static NewLogin login(UUID id, UserName user, Kind kind, String secret) {
    return new NewLogin(id, user, kind, Digest.of(secret), HOUR);
  }

  private Renewal renew(UUID login, String presented, String next) {
    return logins().renew(login, Digest.of(presented), Digest.of(next), GRACE);
  }

  private ApiKey key(String owner, Role role, String secret, @Nullable Instant expiresAt) {
    ApiKey key =
        new ApiKey(
            TaskId.next().value(),
            owner,
            "for a test",
            "errand_x",
            Set.of(Scope.TASKS_READ, Scope.ADMIN),
            role,
            now(),
            expiresAt,
            null,
            null);
    keys().add(key, Digest.of(secret));
    return key;
  }

  private Optional<Role> role(String secret) {
    return keys().valid(Digest.of(secret)).map(ApiKey::role);
  }

  private @Nullable Instant lastUsed(ApiKey key) {
    return keys().find(key.id()).orElseThrow().lastUsedAt();
  }
}
