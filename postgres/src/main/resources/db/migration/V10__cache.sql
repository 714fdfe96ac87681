-- What was found out once and may be used again until it expires. Every put removes some of what has expired.
CREATE TABLE cache (
  key        text        NOT NULL,
  value      text        NOT NULL,
  expires_at timestamptz NOT NULL,
  CONSTRAINT cache_pkey PRIMARY KEY (key),
  CONSTRAINT cache_keys_are_short CHECK (length(key) BETWEEN 1 AND 300)
);

CREATE INDEX cache_by_expiry ON cache (expires_at);
