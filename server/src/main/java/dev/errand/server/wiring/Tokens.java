package dev.errand.server.wiring;

import dev.errand.engine.access.SigningKeys;
import dev.errand.postgres.PostgresSigningKeys;
import dev.errand.server.database.Database;
import dev.errand.server.security.Keyring;
import dev.errand.server.security.TaskTokens;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What signs, on every node: workers and schedulers hand tasks to transports, which come back with
/// a token.
@Configuration(proxyBeanMethods = false)
public class Tokens {
  @Bean
  SigningKeys signingKeys(Database database) {
    return new PostgresSigningKeys(database.connections());
  }

  @Bean
  Keyring keyring(SigningKeys keys) {
    return new Keyring(keys);
  }

  @Bean
  TaskTokens taskTokens(Keyring keyring, InstantSource clock) {
    return new TaskTokens(keyring, clock);
  }
}
