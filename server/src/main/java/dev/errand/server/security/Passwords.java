package dev.errand.server.security;

import dev.errand.server.problem.Refusal;
import java.text.Normalizer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/// Hashes passwords with Argon2id, which takes 19 MiB and a core each time: as many at once as
/// there are cores, and who waits too long is sent away. Thread-safe.
public final class Passwords {
  public static final int MIN_LENGTH = 12;
  public static final int MAX_LENGTH = 256;

  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final int KIBIBYTES = 19 * 1024;
  private static final int ITERATIONS = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /// Of no password, but as much work to check as any other: salt and hash are zeros.
  private static final String NOBODYS =
      "$argon2id$v=19$m=%d,t=%d,p=1$%s$%s"
          .formatted(KIBIBYTES, ITERATIONS, "A".repeat(22), "A".repeat(43));

  private final Argon2PasswordEncoder argon2 =
      new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, 1, KIBIBYTES, ITERATIONS);
  private final Semaphore cores = new Semaphore(Runtime.getRuntime().availableProcessors(), true);

  /// What to keep of `password`.
  public String hash(String password) {
    return onACore(() -> String.valueOf(argon2.encode(normal(password))));
  }

  /// Takes the same time whether there is a `hash` or not.
  boolean matches(String password, Optional<String> hash) {
    boolean matches = onACore(() -> argon2.matches(normal(password), hash.orElse(NOBODYS)));
    return matches && hash.isPresent();
  }

  /// Whether `hash` was made with other parameters than those of this version.
  boolean outdated(String hash) {
    return argon2.upgradeEncoding(hash);
  }

  /// The same characters, however the keyboard composed them.
  private static String normal(String password) {
    return Normalizer.normalize(password, Normalizer.Form.NFKC);
  }

  private <T> T onACore(Supplier<T> work) {
    if (!acquired()) {
      throw Refusal.of(
              HttpStatus.SERVICE_UNAVAILABLE,
              "too_many_logins",
              "Too many people log in at once; try again in %d s.".formatted(PATIENCE.toSeconds()))
          .with("Retry-After", String.valueOf(PATIENCE.toSeconds()))
          .refused();
    }
    try {
      return work.get();
    } finally {
      cores.release();
    }
  }

  private boolean acquired() {
    try {
      return cores.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
