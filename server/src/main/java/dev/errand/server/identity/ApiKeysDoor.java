package dev.errand.server.identity;

import dev.errand.engine.access.ApiKey;
import dev.errand.engine.access.ApiKeys;
import dev.errand.engine.access.Caller;
import dev.errand.engine.access.Digest;
import dev.errand.engine.access.Scope;
import dev.errand.engine.problem.Problem;
import dev.errand.engine.task.TaskId;
import dev.errand.server.json.Fields;
import dev.errand.server.page.Page;
import dev.errand.server.page.PageQuery;
import dev.errand.server.security.Audit;
import dev.errand.server.security.Authenticator;
import dev.errand.server.security.Identity;
import dev.errand.server.security.Identity.Via;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/// `/api-keys`: keys with which one's programs call.
@RestController
@RequestMapping("/api-keys")
public final class ApiKeysDoor {
  private static final int SHOWN = 12;
  private static final int MAX_NAME = 100;
  private static final int MAX_DAYS = 3_650;

  /// We do not hear when somebody leaves the issuer.
  private static final int MAX_DAYS_OF_GUESTS = 30;

  private final ApiKeys keys;
  private final Authenticator authenticator;
  private final InstantSource clock;
  private final Audit audit;

  public ApiKeysDoor(ApiKeys keys, Authenticator authenticator, InstantSource clock, Audit audit) {
    this.keys = keys;
    this.authenticator = authenticator;
    this.clock = clock;
    this.audit = audit;
  }

  /// @param prefix how the key begins
  /// @param key the whole key, shown once: when it is made
  public record ApiKeyJson(
      String id,
      String owner,
      String name,
      String prefix,
      List<String> scopes,
      Instant createdAt,
      @Nullable Instant expiresAt,
      @Nullable Instant revokedAt,
      @Nullable Instant lastUsedAt,
      @Nullable String key) {
    static ApiKeyJson of(ApiKey key, @Nullable String secret) {
      return new ApiKeyJson(
          key.id().toString(),
          key.owner(),
          key.name(),
          key.prefix(),
          key.scopes().stream().map(Scope::toString).sorted().toList(),
          key.createdAt(),
          key.expiresAt(),
          key.revokedAt(),
          key.lastUsedAt(),
          secret);
    }

    @Override
    public String toString() {
      return "ApiKeyJson[" + id + ", ***]";
    }
  }

  /// @param nextCursor leads to the next page, absent on the last one
  public record ApiKeysJson(List<ApiKeyJson> apiKeys, @Nullable String nextCursor) {}

  /// One's own; administrators may ask for somebody's, or with `*` for all.
  @GetMapping
  ApiKeysJson list(Caller caller, @RequestParam Map<String, String> parameters) {
    PageQuery query = PageQuery.of(parameters, caller, "owner");
    if (!caller.user().equals(query.owner())) {
      caller.requireAdmin("Looking at other people's API keys");
    }
    List<ApiKey> found = keys.list(query.owner(), query.after(ApiKeysDoor::id), query.limit());
    Page<ApiKey> page = Page.of(found, query, key -> key.id().toString());
    return new ApiKeysJson(page.shown(key -> ApiKeyJson.of(key, null)), page.next());
  }

  @PostMapping
  ResponseEntity<ApiKeyJson> create(
      Identity identity, HttpServletRequest request, ObjectNode body) {
    if (identity.via() == Via.API_KEY) {
      throw new Problem.Forbidden("An API key cannot make another one.").refused();
    }
    Fields fields = new Fields(body).only(List.of("name", "scopes", "expires_in_days"));
    String name = fields.require("name").text("name").orElse("");
    if (name.isBlank() || name.length() > MAX_NAME) {
      fields.refuse("name", "must have 1 to %d characters".formatted(MAX_NAME));
    }
    Set<Scope> scopes = scopes(fields);
    Optional<Duration> life = life(fields, identity);
    fields.orRefuse("invalid_request");
    String secret = Authenticator.newKey();
    ApiKey key = key(identity, name, scopes, life, secret);
    keys.add(key, Digest.of(secret));
    audit.done(request, "api_key.created", key.id().toString(), words(key));
    return ResponseEntity.created(URI.create("/api-keys/" + key.id()))
        .body(ApiKeyJson.of(key, secret));
  }

  private ApiKey key(
      Identity identity, String name, Set<Scope> scopes, Optional<Duration> life, String secret) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return new ApiKey(
        TaskId.next().value(),
        identity.user(),
        name,
        secret.substring(0, SHOWN),
        scopes,
        identity.role(),
        now,
        life.map(now::plus).orElse(null),
        null,
        null);
  }

  private static Set<Scope> scopes(Fields fields) {
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    for (String word : fields.require("scopes").texts("scopes")) {
      Scope.of(word)
          .ifPresentOrElse(
              scopes::add,
              () -> fields.refuse("scopes", "must be of tasks:read, tasks:write and admin"));
    }
    if (scopes.isEmpty() && fields.violations().isEmpty()) {
      fields.refuse("scopes", "must name one or more of tasks:read, tasks:write and admin");
    }
    return scopes;
  }

  private static Optional<Duration> life(Fields fields, Identity identity) {
    boolean guest = identity.via() == Via.OIDC;
    int most = guest ? MAX_DAYS_OF_GUESTS : MAX_DAYS;
    Optional<Long> days = fields.whole("expires_in_days");
    if (days.filter(given -> given < 1 || given > most).isPresent()) {
      fields.refuse("expires_in_days", "must be 1 to " + most);
      return Optional.empty();
    }
    return days.or(() -> guest ? Optional.of((long) MAX_DAYS_OF_GUESTS) : Optional.empty())
        .map(Duration::ofDays);
  }

  private static String words(ApiKey key) {
    return "%s, scopes %s".formatted(key.name(), key.scopes().stream().sorted().toList());
  }

  @GetMapping("/{id}")
  ApiKeyJson find(Caller caller, @PathVariable("id") String id) {
    return ApiKeyJson.of(accessible(caller, id), null);
  }

  /// Revoking a revoked key changes nothing.
  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void revoke(Caller caller, @PathVariable("id") String id, HttpServletRequest request) {
    ApiKey key = accessible(caller, id);
    if (keys.revoke(key.id())) {
      audit.done(request, "api_key.revoked", key.id().toString(), "owner " + key.owner());
    }
    authenticator.forget();
  }

  private ApiKey accessible(Caller caller, String id) {
    return id(id)
        .flatMap(keys::find)
        .filter(key -> caller.mayAccess(key.owner()))
        .orElseThrow(() -> new Problem.NotFound("API key").refused());
  }

  /// A key's id has the form of a task's.
  private static Optional<UUID> id(String text) {
    return TaskId.parse(text).map(TaskId::value);
  }
}
