package dev.errand.testkit.memory;

import dev.errand.engine.access.ApiKey;
import dev.errand.engine.access.ApiKeys;
import dev.errand.engine.access.Caller.Role;
import dev.errand.engine.access.Digest;
import dev.errand.engine.access.Logins;
import dev.errand.engine.access.User;
import dev.errand.engine.access.UserName;
import dev.errand.engine.access.Users;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Users, their logins and API keys in memory, over one state behind one lock. Thread-safe.
public final class InMemoryAccess {
  private static final Duration USE_NOTED_EVERY = Duration.ofMinutes(1);

  private final InstantSource clock;
  private final Map<String, Account> accounts = new TreeMap<>();
  private final Map<UUID, OpenLogin> logins = new HashMap<>();
  private final Map<UUID, KeptKey> keys = new TreeMap<>(Rows.BY_BYTES.reversed());

  private record Account(User user, String passwordHash) {}

  private record OpenLogin(
      Logins.NewLogin login,
      Digest secret,
      @Nullable Digest previous,
      @Nullable Instant renewedAt,
      Instant expiresAt,
      @Nullable Instant endedAt) {
    OpenLogin ended(Instant now) {
      Instant end = endedAt == null ? now : endedAt;
      return new OpenLogin(login, secret, previous, renewedAt, expiresAt, end);
    }
  }

  private record KeptKey(ApiKey key, Digest secret) {}

  public InMemoryAccess(InstantSource clock) {
    this.clock = clock;
  }

  public Users users() {
    return new InMemoryUsers();
  }

  public Logins logins() {
    return new InMemoryLogins();
  }

  public ApiKeys apiKeys() {
    return new InMemoryApiKeys();
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private Optional<Account> account(UserName name) {
    return Optional.ofNullable(accounts.get(name.value()));
  }

  private void endLogins(UserName name) {
    Instant now = now();
    logins.replaceAll((_, one) -> one.login().user().equals(name) ? one.ended(now) : one);
  }

  private final class InMemoryUsers implements Users {
    @Override
    public Optional<User> add(UserName name, Role role, String passwordHash) {
      synchronized (InMemoryAccess.this) {
        if (accounts.containsKey(name.value())) {
          return Optional.empty();
        }
        User user = new User(name, role, false, now());
        accounts.put(name.value(), new Account(user, passwordHash));
        return Optional.of(user);
      }
    }

    @Override
    public Optional<User> find(UserName name) {
      synchronized (InMemoryAccess.this) {
        return account(name).map(Account::user);
      }
    }

    @Override
    public Optional<String> passwordHash(UserName name) {
      synchronized (InMemoryAccess.this) {
        return account(name).map(Account::passwordHash);
      }
    }

    @Override
    public List<User> list(@Nullable UserName after, int limit) {
      synchronized (InMemoryAccess.this) {
        return accounts.values().stream()
            .map(Account::user)
            .filter(user -> after == null || user.name().value().compareTo(after.value()) > 0)
            .limit(limit)
            .toList();
      }
    }

    @Override
    public Optional<User> change(UserName name, @Nullable Role role, @Nullable Boolean disabled) {
      synchronized (InMemoryAccess.this) {
        Optional<User> changed = account(name).map(known -> changed(known.user(), role, disabled));
        changed.ifPresent(user -> {
          String hash = Objects.requireNonNull(accounts.get(name.value())).passwordHash();
          accounts.put(name.value(), new Account(user, hash));
          if (user.disabled()) {
            endLogins(name);
          }
        });
        return changed;
      }
    }

    private static User changed(User user, @Nullable Role role, @Nullable Boolean disabled) {
      return new User(
          user.name(),
          role == null ? user.role() : role,
          disabled == null ? user.disabled() : disabled,
          user.createdAt());
    }

    @Override
    public boolean setPassword(UserName name, String passwordHash) {
      synchronized (InMemoryAccess.this) {
        Account known = accounts.get(name.value());
        if (known == null) {
          return false;
        }
        accounts.put(name.value(), new Account(known.user(), passwordHash));
        endLogins(name);
        return true;
      }
    }

    @Override
    public void rehash(UserName name, String from, String to) {
      synchronized (InMemoryAccess.this) {
        accounts.computeIfPresent(
            name.value(),
            (_, known) ->
                known.passwordHash().equals(from) ? new Account(known.user(), to) : known);
      }
    }
  }

  private final class InMemoryLogins implements Logins {
    @Override
    public boolean open(NewLogin login, String passwordHash) {
      synchronized (InMemoryAccess.this) {
        boolean may =
            account(login.user())
                .filter(known -> !known.user().disabled())
                .filter(known -> known.passwordHash().equals(passwordHash))
                .isPresent();
        if (may) {
          Instant end = now().plus(login.life());
          logins.put(login.id(), new OpenLogin(login, login.secret(), null, null, end, null));
        }
        return may;
      }
    }

    @Override
    public Optional<Live> find(UUID id) {
      synchronized (InMemoryAccess.this) {
        return live(id)
            .flatMap(
                one -> user(one).map(user -> new Live(id, user, one.login().kind(), one.secret())));
      }
    }

    private Optional<OpenLogin> live(UUID id) {
      Instant now = now();
      return Optional.ofNullable(logins.get(id))
          .filter(one -> one.endedAt() == null && one.expiresAt().isAfter(now));
    }

    private Optional<User> user(OpenLogin one) {
      return account(one.login().user()).map(Account::user).filter(user -> !user.disabled());
    }

    @Override
    public Renewal renew(UUID id, Digest presented, Digest next, Duration grace) {
      synchronized (InMemoryAccess.this) {
        return live(id)
            .filter(one -> one.login().kind() == Kind.TOKEN)
            .map(one -> renewed(one, presented, next, grace))
            .orElseGet(Renewal.Unknown::new);
      }
    }

    private Renewal renewed(OpenLogin one, Digest presented, Digest next, Duration grace) {
      Instant now = now();
      Optional<User> user = user(one);
      if (user.isPresent() && one.secret().same(presented)) {
        logins.put(
            one.login().id(),
            new OpenLogin(one.login(), next, one.secret(), now, one.expiresAt(), null));
        return new Renewal.Renewed(user.get());
      }
      boolean justUsed =
          one.previous() != null
              && one.renewedAt() != null
              && one.previous().same(presented)
              && one.renewedAt().isAfter(now.minus(grace));
      if (justUsed) {
        return new Renewal.JustUsed();
      }
      logins.put(one.login().id(), one.ended(now));
      return new Renewal.Reused(one.login().user());
    }

    @Override
    public void end(UUID id) {
      synchronized (InMemoryAccess.this) {
        Instant now = now();
        logins.computeIfPresent(id, (_, one) -> one.ended(now));
      }
    }

    @Override
    public int forget(Duration age) {
      synchronized (InMemoryAccess.this) {
        int before = logins.size();
        Instant since = now().minus(age);
        logins.values().removeIf(one -> over(one).isBefore(since));
        return before - logins.size();
      }
    }

    private static Instant over(OpenLogin one) {
      Instant ended = one.endedAt();
      return ended == null || ended.isAfter(one.expiresAt()) ? one.expiresAt() : ended;
    }
  }

  private final class InMemoryApiKeys implements ApiKeys {
    @Override
    public void add(ApiKey key, Digest secret) {
      synchronized (InMemoryAccess.this) {
        keys.put(key.id(), new KeptKey(key, secret));
      }
    }

    @Override
    public Optional<ApiKey> valid(Digest secret) {
      synchronized (InMemoryAccess.this) {
        return keys.values().stream()
            .filter(kept -> kept.secret().same(secret))
            .map(KeptKey::key)
            .filter(key -> key.revokedAt() == null)
            .filter(key -> key.expiresAt() == null || key.expiresAt().isAfter(now()))
            .findFirst()
            .flatMap(this::asItsOwner);
      }
    }

    /// With the role that its owner has now. Who is no user of this server keeps the key's own.
    private Optional<ApiKey> asItsOwner(ApiKey key) {
      Account owner = accounts.get(key.owner());
      if (owner == null) {
        return Optional.of(key);
      }
      return owner.user().disabled()
          ? Optional.empty()
          : Optional.of(with(key, key.role().orLess(owner.user().role()), key.revokedAt()));
    }

    @Override
    public Optional<ApiKey> find(UUID id) {
      synchronized (InMemoryAccess.this) {
        return Optional.ofNullable(keys.get(id)).map(KeptKey::key);
      }
    }

    @Override
    public List<ApiKey> list(@Nullable String owner, @Nullable UUID before, int limit) {
      Predicate<ApiKey> further =
          key -> before == null || Rows.BY_BYTES.compare(key.id(), before) < 0;
      synchronized (InMemoryAccess.this) {
        return keys.values().stream()
            .map(KeptKey::key)
            .filter(key -> owner == null || owner.equals(key.owner()))
            .filter(further)
            .limit(limit)
            .toList();
      }
    }

    @Override
    public boolean revoke(UUID id) {
      synchronized (InMemoryAccess.this) {
        KeptKey kept = keys.get(id);
        if (kept == null || kept.key().revokedAt() != null) {
          return false;
        }
        keys.put(id, new KeptKey(with(kept.key(), kept.key().role(), now()), kept.secret()));
        return true;
      }
    }

    private static ApiKey with(ApiKey key, Role role, @Nullable Instant revokedAt) {
      return with(key, role, revokedAt, key.lastUsedAt());
    }

    private static ApiKey with(
        ApiKey key, Role role, @Nullable Instant revokedAt, @Nullable Instant lastUsedAt) {
      return new ApiKey(
          key.id(),
          key.owner(),
          key.name(),
          key.prefix(),
          key.scopes(),
          role,
          key.createdAt(),
          key.expiresAt(),
          revokedAt,
          lastUsedAt);
    }

    @Override
    public void used(UUID id) {
      synchronized (InMemoryAccess.this) {
        Instant now = now();
        keys.computeIfPresent(id, (_, kept) -> used(kept, now));
      }
    }

    private static KeptKey used(KeptKey kept, Instant now) {
      ApiKey key = kept.key();
      Instant last = key.lastUsedAt();
      return last == null || last.isBefore(now.minus(USE_NOTED_EVERY))
          ? new KeptKey(with(key, key.role(), key.revokedAt(), now), kept.secret())
          : kept;
    }
  }
}
