package dev.errand.server.security;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.errand.engine.problem.Problem;
import dev.errand.engine.task.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Tokens that allow one thing: to run one task, by the doors that a transport pushes to. No other
/// door takes them, and those doors take no others. Thread-safe.
public final class TaskTokens {
  /// What a token may live at most.
  public static final Duration LONGEST = Duration.ofHours(24);

  private static final String AUDIENCE = "errand-run";
  private static final JOSEObjectType TYPE = new JOSEObjectType("task+jwt");

  private final Keyring keyring;
  private final InstantSource clock;
  private final Jwt rules;

  public TaskTokens(Keyring keyring, InstantSource clock) {
    this.keyring = keyring;
    this.clock = clock;
    this.rules =
        new Jwt(UserTokens.ISSUER, AUDIENCE, Set.of(TYPE), Set.of(Keyring.ALGORITHM), clock);
  }

  /// A token to run `task`.
  ///
  /// @param life up to [#LONGEST]
  public String issue(TaskId task, Duration life) {
    if (!life.isPositive() || life.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("A task token lives up to 24 hours, not " + life);
    }
    Instant now = clock.instant();
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer(UserTokens.ISSUER)
            .audience(AUDIENCE)
            .subject(task.toString())
            .jwtID(UUID.randomUUID().toString())
            .issueTime(Date.from(now))
            .notBeforeTime(Date.from(now))
            .expirationTime(Date.from(now.plus(life)))
            .build();
    return keyring.sign(TYPE, claims);
  }

  /// The task that `token` is for.
  ///
  /// @throws Problem.Refused when it is none of our task tokens, or no more
  public TaskId verify(String token) {
    if (token.length() > Jwt.MAX_LENGTH) {
      throw refused("The token is too long.");
    }
    try {
      JWTClaimsSet claims =
          rules.check(
              Jwt.parse(token).orElseThrow(() -> refused("This door takes task tokens only.")),
              keyring);
      return TaskId.parse(String.valueOf(claims.getSubject())).orElseThrow();
    } catch (KeySourceException e) {
      throw new IllegalStateException("The keyring does not answer", e);
    }
  }

  /// As [#verify], empty for what it would refuse.
  public Optional<TaskId> find(String token) {
    try {
      return Optional.of(verify(token));
    } catch (Problem.Refused _) {
      return Optional.empty();
    }
  }

  private static Problem.Refused refused(String detail) {
    return new Problem.Unauthorized(detail).refused();
  }
}
