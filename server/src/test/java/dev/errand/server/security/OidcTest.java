package dev.errand.server.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.errand.engine.access.Caller.Role;
import dev.errand.engine.problem.Problem;
import dev.errand.server.config.OidcSettings;
import dev.errand.server.problem.Refusal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OidcTest {
  private static final Oidc.Pace EAGER =
      new Oidc.Pace(Duration.ofMinutes(10), Duration.ofMillis(1));
  private static final Oidc.Pace PATIENT =
      new Oidc.Pace(Duration.ofMinutes(20), Duration.ofMinutes(10));

  private final TestIssuer issuer = TestIssuer.start();

  @AfterEach
  void stop() {
    issuer.close();
  }

  @Test
  void a_user_of_the_issuer_is_nobody_of_this_server() {
    Identity ada = oidc().identify(parsed(issuer.token("ada")));

    assertThat(ada.user()).isEqualTo("oidc:ada");
    assertThat(ada.role()).isEqualTo(Role.USER);
    assertThat(ada.via()).isEqualTo(Identity.Via.OIDC);
  }

  @Test
  void roles_come_from_their_claim() {
    assertThat(roleOf(claims -> claims.claim("roles", List.of("x", "errand-admin"))))
        .isEqualTo(Role.ADMIN);
    assertThat(roleOf(claims -> claims.claim("roles", "openid errand-operator")))
        .isEqualTo(Role.OPERATOR);
    assertThat(roleOf(claims -> claims.claim("roles", List.of("admin")))).isEqualTo(Role.USER);
    assertThat(roleOf(claims -> claims.claim("roles", 7))).isEqualTo(Role.USER);
  }

  private Role roleOf(UnaryOperator<JWTClaimsSet.Builder> change) {
    return oidc().identify(parsed(issuer.token("ada", change))).role();
  }

  @Test
  void claims_have_the_names_that_were_set() {
    Oidc oidc =
        new Oidc(
            settings("preferred_username", "realm_access.roles"), InstantSource.system(), EAGER);
    String token =
        issuer.token(
            "4711",
            claims ->
                claims
                    .claim("preferred_username", "ada")
                    .claim("realm_access", Map.of("roles", List.of("errand-operator"))));

    Identity ada = oidc.identify(parsed(token));

    assertThat(ada.user()).isEqualTo("oidc:ada");
    assertThat(ada.role()).isEqualTo(Role.OPERATOR);
    assertThatThrownBy(() -> oidc.identify(parsed(issuer.token("4711"))))
        .isInstanceOf(Problem.Refused.class)
        .hasMessageContaining("preferred_username");
  }

  @Test
  void an_address_that_was_not_verified_names_nobody() {
    Oidc oidc = new Oidc(settings("email", "roles"), InstantSource.system(), EAGER);

    assertThatThrownBy(() ->
            oidc.identify(
                parsed(issuer.token("1", claims -> claims.claim("email", "boss@example.org")))))
        .hasMessageContaining("verified");
  }

  @Test
  void a_token_must_be_for_us_from_there_and_good_now() {
    refused(issuer.token("ada", claims -> claims.audience("another")), "aud");
    refused(issuer.token("ada", claims -> claims.audience((String) null)), "aud");
    refused(issuer.token("ada", claims -> claims.issuer("http://127.0.0.1:1")), "iss");
    refused(
        issuer.token("ada", claims -> claims.expirationTime(at(Duration.ofMinutes(-2)))), "xpired");
    refused(issuer.token("ada", claims -> claims.expirationTime(null)), "exp");
    refused(issuer.token("ada", claims -> claims.notBeforeTime(at(Duration.ofHours(1)))), "before");
    refused(ForgedTokens.tampered(issuer.token("ada")), "signature");
    refused(issuer.confused("ada"), "");
    refused(issuer.token("a".repeat(201)), "names nobody");
    refused(issuer.token("ada\u0000"), "names nobody");
  }

  @Test
  void clocks_may_differ_a_little() {
    Identity late =
        oidc()
            .identify(
                parsed(
                    issuer.token(
                        "ada", claims -> claims.expirationTime(at(Duration.ofSeconds(-30))))));
    Identity early =
        oidc()
            .identify(
                parsed(
                    issuer.token(
                        "ada", claims -> claims.notBeforeTime(at(Duration.ofSeconds(30))))));

    assertThat(late).isEqualTo(early);
  }

  @Test
  void a_clock_that_is_an_hour_off_lets_nobody_in() {
    InstantSource ahead = InstantSource.offset(InstantSource.system(), Duration.ofHours(1));
    Oidc oidc = new Oidc(settings("sub", "roles"), ahead, EAGER);

    assertThatThrownBy(() -> oidc.identify(parsed(issuer.token("ada"))))
        .isInstanceOf(Problem.Refused.class)
        .hasMessageContaining("xpired");
  }

  @Test
  void an_unsigned_token_is_no_token() {
    assertThat(Jwt.parse(issuer.unsigned("ada"))).isEmpty();
    assertThat(Jwt.parse(ForgedTokens.unsigned(issuer.token("ada")))).isEmpty();
  }

  @Test
  void a_new_key_of_the_issuer_is_found() {
    Oidc oidc = oidc();
    String old = issuer.token("ada");
    oidc.identify(parsed(old));
    issuer.rotate();

    assertThat(oidc.identify(parsed(issuer.token("bob"))).user()).isEqualTo("oidc:bob");
    refusedBy(oidc, old, "");
  }

  @Test
  void unknown_keys_do_not_make_us_ask_again_and_again() {
    Oidc oidc = new Oidc(settings("sub", "roles"), InstantSource.system(), PATIENT);
    oidc.identify(parsed(issuer.token("ada")));
    try (TestIssuer stranger = TestIssuer.start()) {
      for (int i = 0; i < 20; i++) {
        String foreign = stranger.token("ada", claims -> claims.issuer(issuer.url()));
        refusedBy(oidc, foreign, "");
      }
    }

    assertThat(issuer.keysAsked()).isLessThanOrEqualTo(3);
    assertThat(oidc.identify(parsed(issuer.token("ada"))).user()).isEqualTo("oidc:ada");
  }

  @Test
  void an_issuer_that_is_away_is_said_to_be_away_and_is_found_when_it_is_back() {
    Oidc oidc = oidc();
    issuer.breakDown(true);
    unavailable(oidc);

    issuer.breakDown(false);
    assertThat(oidc.identify(parsed(issuer.token("ada"))).user()).isEqualTo("oidc:ada");
  }

  @Test
  void known_keys_go_on_while_the_issuer_is_away() {
    Oidc oidc = oidc();
    oidc.identify(parsed(issuer.token("ada")));
    issuer.breakDown(true);

    assertThat(oidc.identify(parsed(issuer.token("bob"))).user()).isEqualTo("oidc:bob");
  }

  @Test
  void an_issuer_that_never_answers_is_not_waited_for() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String url = "http://127.0.0.1:" + silent.getLocalPort();
      OidcSettings settings = new OidcSettings(url, TestIssuer.AUDIENCE, "sub", "roles", "a", "o");
      Oidc oidc = new Oidc(settings, InstantSource.system(), PATIENT);
      Instant start = Instant.now();

      unavailable(oidc);
      unavailable(oidc);

      assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(8));
    }
  }

  @Test
  void who_speaks_for_another_issuer_is_not_believed() {
    issuer.claimToBe("https://accounts.example.org");

    unavailable(oidc());
  }

  private void unavailable(Oidc oidc) {
    assertThatThrownBy(() -> oidc.identify(parsed(issuer.token("ada"))))
        .isInstanceOfSatisfying(
            Refusal.Refused.class,
            refused -> {
              assertThat(refused.refusal().code()).isEqualTo("issuer_unavailable");
              assertThat(refused.refusal().status().value()).isEqualTo(503);
              assertThat(refused.refusal().headers()).containsKey("Retry-After");
            });
  }

  private void refused(String token, String why) {
    refusedBy(oidc(), token, why);
  }

  private static void refusedBy(Oidc oidc, String token, String why) {
    assertThatThrownBy(() -> oidc.identify(parsed(token)))
        .isInstanceOf(Problem.Refused.class)
        .hasMessageContaining(why);
  }

  private Oidc oidc() {
    return new Oidc(settings("sub", "roles"), InstantSource.system(), EAGER);
  }

  private OidcSettings settings(String userClaim, String roleClaim) {
    return new OidcSettings(
        issuer.url(), TestIssuer.AUDIENCE, userClaim, roleClaim, "errand-admin", "errand-operator");
  }

  private static SignedJWT parsed(String token) {
    return Jwt.parse(token).orElseThrow();
  }

  private static Date at(Duration fromNow) {
    return Date.from(Instant.now().plus(fromNow));
  }
}
