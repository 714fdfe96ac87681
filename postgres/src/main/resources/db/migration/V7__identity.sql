-- Users are never deleted: what they submitted names them as its owner.
CREATE TABLE users (
  name          text COLLATE "C" NOT NULL,
  role          text             NOT NULL,
  password_hash text             NOT NULL,
  created_at    timestamptz      NOT NULL DEFAULT now(),
  disabled_at   timestamptz,
  CONSTRAINT users_pkey PRIMARY KEY (name),
  CONSTRAINT users_have_a_role CHECK (role IN ('user', 'operator', 'admin'))
);

-- What a user opened with the password, until it ends. The secret is a refresh token, replaced at each use, or a
-- browser's cookie; of both only the SHA-256 is kept.
CREATE TABLE logins (
  id              uuid             NOT NULL,
  user_name       text COLLATE "C" NOT NULL,
  kind            text             NOT NULL,
  secret          text COLLATE "C" NOT NULL,
  previous_secret text COLLATE "C",
  renewed_at      timestamptz,
  created_at      timestamptz      NOT NULL DEFAULT now(),
  expires_at      timestamptz      NOT NULL,
  ended_at        timestamptz,
  CONSTRAINT logins_pkey PRIMARY KEY (id),
  CONSTRAINT logins_are_users FOREIGN KEY (user_name) REFERENCES users (name),
  CONSTRAINT logins_are_of_a_kind CHECK (kind IN ('token', 'browser'))
) WITH (fillfactor = 80);

CREATE INDEX logins_of_user ON logins (user_name) WHERE ended_at IS NULL;

-- The owner may also be the administrator or come from an OpenID Connect issuer: then there is no row in users.
CREATE TABLE api_keys (
  id           uuid             NOT NULL,
  owner        text COLLATE "C" NOT NULL,
  name         text             NOT NULL,
  prefix       text             NOT NULL,
  secret       text COLLATE "C" NOT NULL, -- its SHA-256
  scopes       text[]           NOT NULL,
  role         text             NOT NULL,
  created_at   timestamptz      NOT NULL,
  expires_at   timestamptz,
  revoked_at   timestamptz,
  last_used_at timestamptz,
  CONSTRAINT api_keys_pkey PRIMARY KEY (id),
  CONSTRAINT api_keys_have_one_secret_each UNIQUE (secret),
  CONSTRAINT api_keys_have_a_role CHECK (role IN ('user', 'operator', 'admin'))
) WITH (fillfactor = 80);

CREATE INDEX api_keys_of_owner ON api_keys (owner, id);

-- Private keys. Whoever may read this table may sign as the server.
CREATE TABLE signing_keys (
  id         text        NOT NULL,
  jwk        text        NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  ends_at    timestamptz,
  CONSTRAINT signing_keys_pkey PRIMARY KEY (id)
);

CREATE TABLE audit_log (
  number  bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
  at      timestamptz NOT NULL DEFAULT now(),
  actor   text        NOT NULL,
  via     text        NOT NULL,
  action  text        NOT NULL,
  target  text,
  done    boolean     NOT NULL,
  address text        NOT NULL,
  detail  text,
  CONSTRAINT audit_log_pkey PRIMARY KEY (number)
);

CREATE INDEX audit_log_of_actor ON audit_log (actor, number);
CREATE INDEX audit_log_by_time ON audit_log (at);
