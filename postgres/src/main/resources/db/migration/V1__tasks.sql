-- What was asked, by whom, and how it ended. Written on submission and at the end; what changes in
-- between is in open_tasks. Ids are UUIDv7, so a range of ids is a range of time: history is
-- partitioned by it, a lookup by id prunes to one partition, and retention drops partitions.
CREATE TABLE tasks (
  id            uuid        NOT NULL,
  owner         text        NOT NULL,
  type          text        NOT NULL,
  params        text        NOT NULL,
  queue         text        NOT NULL,
  priority      smallint    NOT NULL,
  tags          text[]      NOT NULL,
  timeout_ms    bigint      NOT NULL,
  max_retries   smallint    NOT NULL,
  trace_id      text        NOT NULL,
  created_at    timestamptz NOT NULL,
  due_at        timestamptz NOT NULL,
  outcome       text,
  finished_at   timestamptz,
  started_at    timestamptz,
  attempt       integer     NOT NULL DEFAULT 0,
  progress      smallint    NOT NULL DEFAULT 0,
  result        text,
  error_code    text,
  error_message text,
  error_trace   text,
  cancel_requested boolean  NOT NULL DEFAULT false,
  -- How many of each there are, so that numbering goes on when the task is retried.
  events        integer     NOT NULL DEFAULT 1,
  log_lines     integer     NOT NULL DEFAULT 0,
  CONSTRAINT tasks_pkey PRIMARY KEY (id),
  CONSTRAINT tasks_priority_is_known CHECK (priority BETWEEN 0 AND 2),
  CONSTRAINT tasks_outcome_is_known CHECK (outcome IN ('completed', 'failed', 'cancelled')),
  CONSTRAINT tasks_outcome_has_its_time CHECK ((outcome IS NULL) = (finished_at IS NULL)),
  CONSTRAINT tasks_only_completed_have_results CHECK (result IS NULL OR outcome = 'completed')
) PARTITION BY RANGE (id);

CREATE INDEX tasks_of_owner ON tasks (owner, id);

-- Tasks that have not ended: thin and hot. A row leaves when its task ends.
CREATE TABLE open_tasks (
  task_id          uuid        NOT NULL,
  queue            text        NOT NULL,
  type             text        NOT NULL,
  priority         smallint    NOT NULL,
  due_at           timestamptz NOT NULL,
  attempt          integer     NOT NULL DEFAULT 0,
  failures         integer     NOT NULL DEFAULT 0,
  losses           integer     NOT NULL DEFAULT 0,
  retrying         boolean     NOT NULL DEFAULT false,
  lease_token      uuid,
  worker_id        uuid,
  leased_at        timestamptz,
  cancel_requested boolean     NOT NULL DEFAULT false,
  started_at       timestamptz,
  progress         smallint    NOT NULL DEFAULT 0,
  current_step     text,
  error_code       text,
  error_message    text,
  error_trace      text,
  events           integer     NOT NULL DEFAULT 1,
  log_lines        integer     NOT NULL DEFAULT 0,
  updated_at       timestamptz NOT NULL,
  CONSTRAINT open_tasks_pkey PRIMARY KEY (task_id),
  CONSTRAINT open_tasks_lease_is_whole CHECK (num_nonnulls(lease_token, worker_id, leased_at) IN (0, 3)),
  CONSTRAINT open_tasks_only_waiting_retry CHECK (NOT retrying OR lease_token IS NULL),
  CONSTRAINT open_tasks_only_leased_are_asked_to_stop CHECK (NOT cancel_requested OR lease_token IS NOT NULL)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500);

CREATE INDEX open_tasks_waiting ON open_tasks (priority, due_at, task_id) WHERE lease_token IS NULL;
CREATE INDEX open_tasks_leased ON open_tasks (worker_id) WHERE lease_token IS NOT NULL;

-- A worker's registration. Its leases live as long as it does: one heartbeat keeps them all. Its
-- session holds the advisory lock of its number, which ends with the session.
CREATE TABLE workers (
  id           uuid        NOT NULL,
  number       integer     GENERATED ALWAYS AS IDENTITY,
  name         text        NOT NULL,
  types        text[]      NOT NULL,
  concurrency  integer     NOT NULL,
  started_at   timestamptz NOT NULL,
  heartbeat_at timestamptz NOT NULL,
  expires_at   timestamptz NOT NULL,
  ended_at     timestamptz,
  CONSTRAINT workers_pkey PRIMARY KEY (id)
) WITH (fillfactor = 50);

CREATE INDEX workers_alive ON workers (expires_at) WHERE ended_at IS NULL;

CREATE TABLE idempotency_keys (
  owner       text        NOT NULL,
  key         text        NOT NULL,
  fingerprint text        NOT NULL,
  task_id     uuid        NOT NULL,
  created_at  timestamptz NOT NULL,
  CONSTRAINT idempotency_keys_pkey PRIMARY KEY (owner, key)
);

-- Ended attempts; the running one is in open_tasks. An attempt that was given back shares its number
-- with the next one, so the token names it.
CREATE TABLE attempts (
  task_id       uuid        NOT NULL,
  token         uuid        NOT NULL,
  number        integer     NOT NULL,
  worker        text        NOT NULL,
  started_at    timestamptz NOT NULL,
  ended_at      timestamptz NOT NULL,
  outcome       text        NOT NULL,
  error_code    text,
  error_message text,
  error_trace   text,
  CONSTRAINT attempts_pkey PRIMARY KEY (task_id, token),
  CONSTRAINT attempts_outcome_is_known CHECK (
    outcome IN ('completed', 'failed', 'retrying', 'cancelled', 'released', 'lost'))
) PARTITION BY RANGE (task_id);

CREATE TABLE steps (
  task_id     uuid        NOT NULL,
  name        text        NOT NULL,
  value       text        NOT NULL,
  finished_at timestamptz NOT NULL,
  CONSTRAINT steps_pkey PRIMARY KEY (task_id, name)
) PARTITION BY RANGE (task_id);

-- Event 1 of every task is its submission: it is read from tasks and has no row here.
CREATE TABLE events (
  task_id uuid        NOT NULL,
  number  integer     NOT NULL,
  type    text        NOT NULL,
  at      timestamptz NOT NULL,
  data    text        NOT NULL,
  CONSTRAINT events_pkey PRIMARY KEY (task_id, number)
) PARTITION BY RANGE (task_id);

CREATE TABLE log_lines (
  task_id uuid        NOT NULL,
  number  integer     NOT NULL,
  at      timestamptz NOT NULL,
  level   text        NOT NULL,
  line    text        NOT NULL,
  CONSTRAINT log_lines_pkey PRIMARY KEY (task_id, number)
) PARTITION BY RANGE (task_id);

-- What is known of artifacts; the bytes are in the artifact storage under their SHA-256.
CREATE TABLE artifacts (
  id           uuid        NOT NULL,
  task_id      uuid        NOT NULL,
  owner        text        NOT NULL,
  name         text        NOT NULL,
  type         text        NOT NULL,
  content_type text        NOT NULL,
  size         bigint      NOT NULL,
  sha256       text        NOT NULL,
  uploaded     boolean     NOT NULL,
  created_at   timestamptz NOT NULL,
  CONSTRAINT artifacts_pkey PRIMARY KEY (id),
  CONSTRAINT artifacts_sha256_is_hex CHECK (sha256 ~ '^[0-9a-f]{64}$')
);

CREATE INDEX artifacts_of_task ON artifacts (task_id);
-- An attempt that stores again what an earlier one stored replaces it.
CREATE UNIQUE INDEX artifacts_once_per_name ON artifacts (task_id, type, name) WHERE NOT uploaded;

-- Makes the partition of one history table for the ids from `lower` to `upper`, with the rows of
-- these ids that went to the table's default partition.
CREATE FUNCTION create_history_partition(whole text, part text, lower uuid, upper uuid) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  id text := CASE whole WHEN 'tasks' THEN 'id' ELSE 'task_id' END;
BEGIN
  EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING ALL)', part, whole);
  -- To attach needs this lock too; taken first, nobody changes a row that is being moved.
  EXECUTE format('LOCK TABLE %I IN ACCESS EXCLUSIVE MODE', whole || '_other');
  EXECUTE format(
    'WITH moved AS (DELETE FROM %I WHERE %I >= %L AND %I < %L RETURNING *) INSERT INTO %I SELECT * FROM moved',
    whole || '_other', id, lower, id, upper, part);
  EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', whole, part, lower, upper);
END $$;

-- Makes the weekly partitions of every history table for the weeks from `since` to `until`; those
-- that exist stay. One that cannot be made does not stop the others: it is returned with the reason,
-- and until it is made its rows go to the default partition.
CREATE FUNCTION create_history_partitions(since timestamptz, until timestamptz) RETURNS SETOF text
LANGUAGE plpgsql AS $$
DECLARE
  week  timestamptz := date_trunc('week', since AT TIME ZONE 'UTC') AT TIME ZONE 'UTC';
  ends  timestamptz;
  lower uuid;
  upper uuid;
  part  text;
  whole text;
BEGIN
  -- Nodes that start at once make each partition once.
  PERFORM pg_advisory_xact_lock(hashtext('create_history_partitions'));
  WHILE week <= until LOOP
    ends := week + interval '7 days';
    -- The first 48 bits of a UUIDv7 are its Unix time in milliseconds.
    lower := (lpad(to_hex((extract(epoch FROM week) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid;
    upper := (lpad(to_hex((extract(epoch FROM ends) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid;
    FOREACH whole IN ARRAY ARRAY['tasks', 'attempts', 'steps', 'events', 'log_lines'] LOOP
      part := whole || to_char(week AT TIME ZONE 'UTC', '_YYYY_MM_DD');
      IF to_regclass(part) IS NULL THEN
        BEGIN
          PERFORM create_history_partition(whole, part, lower, upper);
        EXCEPTION WHEN OTHERS THEN
          RETURN NEXT format('%s: %s', part, SQLERRM);
        END;
      END IF;
    END LOOP;
    week := ends;
  END LOOP;
END $$;

-- For ids from a clock that is far off.
CREATE TABLE tasks_other PARTITION OF tasks DEFAULT;
CREATE TABLE attempts_other PARTITION OF attempts DEFAULT;
CREATE TABLE steps_other PARTITION OF steps DEFAULT;
CREATE TABLE events_other PARTITION OF events DEFAULT;
CREATE TABLE log_lines_other PARTITION OF log_lines DEFAULT;

SELECT create_history_partitions(now() - interval '1 day', now() + interval '14 days');
