package dev.errand.server.wiring;

import dev.errand.engine.access.ApiKeys;
import dev.errand.engine.access.AuditLog;
import dev.errand.engine.access.Logins;
import dev.errand.engine.access.Users;
import dev.errand.engine.limits.Rates;
import dev.errand.engine.schedule.Schedules;
import dev.errand.postgres.PostgresApiKeys;
import dev.errand.postgres.PostgresAuditLog;
import dev.errand.postgres.PostgresLogins;
import dev.errand.postgres.PostgresUsers;
import dev.errand.server.config.Settings;
import dev.errand.server.database.Database;
import dev.errand.server.health.HealthCheck;
import dev.errand.server.identity.ApiKeysDoor;
import dev.errand.server.identity.AuditDoor;
import dev.errand.server.identity.LoginDoor;
import dev.errand.server.identity.MeDoor;
import dev.errand.server.identity.SigningKeysDoor;
import dev.errand.server.identity.UsersDoor;
import dev.errand.server.problem.ProblemWriter;
import dev.errand.server.security.AdminToken;
import dev.errand.server.security.Audit;
import dev.errand.server.security.AuditTrail;
import dev.errand.server.security.Authentication;
import dev.errand.server.security.Authenticator;
import dev.errand.server.security.BrowserSessions;
import dev.errand.server.security.Cors;
import dev.errand.server.security.Keyring;
import dev.errand.server.security.LoginThrottle;
import dev.errand.server.security.Oidc;
import dev.errand.server.security.Passwords;
import dev.errand.server.security.Sweeper;
import dev.errand.server.security.UserLogins;
import dev.errand.server.security.UserTokens;
import java.time.InstantSource;
import java.util.List;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.CorsFilter;

/// Who may come in, and the doors of people.
@Configuration(proxyBeanMethods = false)
public class Access {
  @Bean
  Users users(Database database) {
    return new PostgresUsers(database.connections());
  }

  @Bean
  Logins logins(Database database) {
    return new PostgresLogins(database.connections());
  }

  @Bean
  ApiKeys apiKeys(Database database) {
    return new PostgresApiKeys(database.connections());
  }

  @Bean
  AuditLog auditLog(Database database) {
    return new PostgresAuditLog(database.connections());
  }

  @Bean
  BrowserSessions browserSessions(InstantSource clock) {
    return new BrowserSessions(clock);
  }

  @Bean
  Passwords passwords() {
    return new Passwords();
  }

  @Bean
  LoginThrottle loginThrottle(Rates rates) {
    return new LoginThrottle(rates);
  }

  @Bean
  UserTokens userTokens(Keyring keyring, Settings settings, InstantSource clock) {
    return new UserTokens(keyring, settings.access().accessToken(), clock);
  }

  @Bean
  UserLogins userLogins(
      Users users, Logins logins, Passwords passwords, UserTokens tokens, Settings settings) {
    return new UserLogins(users, logins, passwords, tokens, settings.access().login());
  }

  @Bean
  Authenticator authenticator(
      Settings settings,
      AdminToken token,
      BrowserSessions sessions,
      Logins logins,
      ApiKeys keys,
      UserTokens tokens,
      InstantSource clock) {
    return new Authenticator(
        token,
        sessions,
        logins,
        keys,
        tokens,
        settings.access().oidc().map(issuer -> new Oidc(issuer, clock)));
  }

  @Bean
  Audit audit(AuditLog log) {
    return new Audit(log);
  }

  /// Without origins there is nothing to let through.
  @Bean
  FilterRegistrationBean<CorsFilter> cors(Settings settings) {
    List<String> origins = settings.access().origins();
    FilterRegistrationBean<CorsFilter> registration = Wiring.filter(4, Cors.filter(origins));
    registration.setEnabled(!origins.isEmpty());
    return registration;
  }

  @Bean
  FilterRegistrationBean<Authentication> authentication(
      Authenticator authenticator, ProblemWriter problems) {
    return Wiring.filter(5, new Authentication(authenticator, problems));
  }

  @Bean
  FilterRegistrationBean<AuditTrail> auditTrail(Audit audit) {
    return Wiring.filter(6, new AuditTrail(audit));
  }

  @Bean
  Sweeper sweeper(Logins logins, AuditLog audit, Rates rates, Settings settings) {
    return Sweeper.start(logins, audit, rates, settings.access().auditFor());
  }

  @Bean
  HealthCheck sweeperCheck(Sweeper sweeper) {
    return new HealthCheck("sweeper", sweeper::healthy);
  }

  @Bean
  LoginDoor loginDoor(
      UserLogins logins,
      LoginThrottle throttle,
      Authenticator authenticator,
      BrowserSessions sessions,
      Audit audit) {
    return new LoginDoor(logins, throttle, authenticator, sessions, audit);
  }

  @Bean
  MeDoor meDoor(
      Users users,
      UserLogins logins,
      Passwords passwords,
      LoginThrottle throttle,
      Authenticator authenticator,
      Audit audit) {
    return new MeDoor(users, logins, passwords, throttle, authenticator, audit);
  }

  @Bean
  UsersDoor usersDoor(
      Users users,
      Schedules schedules,
      Passwords passwords,
      Authenticator authenticator,
      Audit audit) {
    return new UsersDoor(users, schedules, passwords, authenticator, audit);
  }

  @Bean
  ApiKeysDoor apiKeysDoor(
      ApiKeys keys, Authenticator authenticator, InstantSource clock, Audit audit) {
    return new ApiKeysDoor(keys, authenticator, clock, audit);
  }

  @Bean
  AuditDoor auditDoor(AuditLog log) {
    return new AuditDoor(log);
  }

  @Bean
  SigningKeysDoor signingKeysDoor(Keyring keyring, Authenticator authenticator, Audit audit) {
    return new SigningKeysDoor(keyring, authenticator, audit);
  }
}
