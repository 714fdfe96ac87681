-- What a task, a user in a day ('user') and everybody in a day ('day') have spent, and reserved for
-- calls that are under way: one row each, changed with every reservation and every settlement. A
-- task's row is of no day. Everybody's row is there only where everybody has a limit, so that
-- without one users do not wait for each other.
CREATE TABLE budgets (
  scope           text   NOT NULL,
  day             date   NOT NULL,
  subject         text   NOT NULL,
  spent_tokens    bigint NOT NULL DEFAULT 0,
  spent_micros    bigint NOT NULL DEFAULT 0,
  reserved_tokens bigint NOT NULL DEFAULT 0,
  reserved_micros bigint NOT NULL DEFAULT 0,
  used_on         date   NOT NULL,
  -- What the task's caller allowed it in all, where anything was said.
  own_tokens      bigint,
  own_micros      bigint,
  CONSTRAINT budgets_pkey PRIMARY KEY (scope, day, subject),
  CONSTRAINT budgets_scope_is_known CHECK (scope IN ('task', 'user', 'day')),
  CONSTRAINT budgets_are_not_negative CHECK (
    least(spent_tokens, spent_micros, reserved_tokens, reserved_micros) >= 0),
  CONSTRAINT budgets_are_allowed_to_tasks CHECK (
    scope = 'task' OR num_nonnulls(own_tokens, own_micros) = 0)
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500);

-- The ledger: what was reserved for one call, and what the call took.
CREATE TABLE reservations (
  id             uuid        NOT NULL,
  task_id        uuid        NOT NULL,
  lease_token    uuid        NOT NULL,
  owner          text        NOT NULL,
  day            date        NOT NULL,
  -- Whether it counts in everybody's row too.
  in_day         boolean     NOT NULL,
  tokens         bigint      NOT NULL,
  micros         bigint      NOT NULL,
  reserved_at    timestamptz NOT NULL,
  settled_tokens bigint,
  settled_micros bigint,
  settled_at     timestamptz,
  -- Whether nobody has said what the call took.
  assumed        boolean     NOT NULL DEFAULT false,
  CONSTRAINT reservations_pkey PRIMARY KEY (id),
  CONSTRAINT reservations_are_settled_whole CHECK (
    num_nonnulls(settled_tokens, settled_micros, settled_at) IN (0, 3))
);

CREATE INDEX reservations_of_day ON reservations (day);
CREATE INDEX reservations_open ON reservations (reserved_at) WHERE settled_at IS NULL;
