-- Whom to tell of the ends of an owner's tasks. The one without an address is for the callbacks of single tasks.
CREATE TABLE webhooks (
  id              uuid        NOT NULL,
  owner           text        NOT NULL,
  url             text,
  events          text[]      NOT NULL,
  description     text        NOT NULL,
  enabled         boolean     NOT NULL,
  disabled_reason text,
  secret          text        NOT NULL,
  previous_secret text,
  previous_until  timestamptz,
  failing_since   timestamptz,
  created_at      timestamptz NOT NULL,
  updated_at      timestamptz NOT NULL,
  CONSTRAINT webhooks_pkey PRIMARY KEY (id),
  CONSTRAINT webhooks_previous_secret_ends CHECK ((previous_secret IS NULL) = (previous_until IS NULL)),
  CONSTRAINT webhooks_are_disabled_for_a_reason CHECK (NOT enabled OR disabled_reason IS NULL)
);

CREATE INDEX webhooks_of_owner ON webhooks (owner, id);
CREATE UNIQUE INDEX webhooks_for_callbacks ON webhooks (owner) WHERE url IS NULL;

-- Written before the task itself; what was never submitted is pruned.
CREATE TABLE task_callbacks (
  task_id uuid NOT NULL,
  url     text NOT NULL,
  CONSTRAINT task_callbacks_pkey PRIMARY KEY (task_id)
);

-- Ends that are still to be told, written by the statements that end tasks.
CREATE TABLE webhook_outbox (
  task_id uuid        NOT NULL,
  number  integer     NOT NULL,
  owner   text        NOT NULL,
  outcome text        NOT NULL,
  at      timestamptz NOT NULL,
  CONSTRAINT webhook_outbox_pkey PRIMARY KEY (task_id, number)
) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500);

CREATE TABLE webhook_deliveries (
  id           uuid        NOT NULL,
  webhook_id   uuid        NOT NULL,
  task_id      uuid        NOT NULL, -- the one that ended
  carrier_id   uuid        NOT NULL, -- the one that brings the news
  event        text        NOT NULL,
  url          text        NOT NULL,
  payload      text        NOT NULL,
  tries        integer     NOT NULL DEFAULT 0,
  tried_at     timestamptz,
  last_status  integer,
  last_error   text,
  last_answer  text,
  delivered_at timestamptz,
  created_at   timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT webhook_deliveries_pkey PRIMARY KEY (id),
  CONSTRAINT webhook_deliveries_of_webhook FOREIGN KEY (webhook_id) REFERENCES webhooks (id) ON DELETE CASCADE
) WITH (fillfactor = 85);

CREATE INDEX webhook_deliveries_newest ON webhook_deliveries (webhook_id, id);
CREATE INDEX webhook_deliveries_by_age ON webhook_deliveries (created_at);

ALTER TABLE schedules ADD COLUMN callback_url text;

-- Who follows all of an owner's tasks asks what has ended since. Rows come in the order of their ends, so that
-- an index of a few pages does, which costs an insertion next to nothing.
CREATE INDEX ended_tasks_by_end ON ended_tasks USING brin (finished_at) WITH (pages_per_range = 32);
