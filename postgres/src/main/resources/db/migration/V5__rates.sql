-- How many submissions each owner has been granted in the minute that began with the first of them. Nodes
-- take them in blocks, so that a busy owner's row changes a hundred times a minute at most.
CREATE TABLE submission_rates (
  owner   text        NOT NULL,
  since   timestamptz NOT NULL,
  taken   bigint      NOT NULL,
  granted bigint      NOT NULL, -- of them with the last call, for that call to read
  CONSTRAINT submission_rates_pkey PRIMARY KEY (owner),
  CONSTRAINT submission_rates_are_not_negative CHECK (granted BETWEEN 0 AND taken)
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500);
