-- Deletes what version 1 does not know: pauses and limits of queues, concurrency keys, batches and until when
-- tasks may be started. Tasks with their history stay.
DROP VIEW task_events;
DROP FUNCTION hold_due_tasks, rank_in_line;
DROP TYPE lane_in_turn;
DROP TABLE queues;

-- --- Rows of their own for what was read from the task's ---------------------------------------------

INSERT INTO events (task_id, number, type, at, data)
SELECT task_id, number, type, at, data FROM task_events_without_rows WHERE number > 1;

INSERT INTO attempts (task_id, token, number, worker, started_at, ended_at, outcome, error_code, error_message,
                      error_trace)
SELECT task_id, lease_token, attempt, worker, leased_at, finished_at, coalesce(attempt_outcome, outcome), error_code,
       error_message, error_trace
  FROM ended_tasks WHERE lease_token IS NOT NULL;

DROP VIEW task_events_without_rows, task_attempts, tasks;
ALTER TABLE open_tasks RENAME TO new_open_tasks;
ALTER TABLE new_open_tasks RENAME CONSTRAINT open_tasks_pkey TO new_open_tasks_pkey;
DROP INDEX open_tasks_leased;

-- --- The tables as they were ------------------------------------------------------------------------

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

CREATE TABLE tasks_other PARTITION OF tasks DEFAULT;

CREATE OR REPLACE FUNCTION create_history_partition(whole text, part text, lower uuid, upper uuid) RETURNS void
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

CREATE OR REPLACE FUNCTION create_history_partitions(since timestamptz, until timestamptz) RETURNS SETOF text
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

SELECT create_history_partitions(
  coalesce((SELECT min(created_at) FROM (SELECT created_at FROM new_open_tasks UNION ALL
                                         SELECT created_at FROM ended_tasks) AS all_tasks), now()) - interval '1 day',
  now() + interval '14 days');

-- --- What is there ----------------------------------------------------------------------------------

INSERT INTO tasks (id, owner, type, params, queue, priority, tags, timeout_ms, max_retries, trace_id, created_at, due_at)
SELECT task_id, owner, type, params, queue, priority, coalesce(tags, '{}'), timeout_ms, max_retries, trace_id,
       created_at, first_due_at
  FROM new_open_tasks;

INSERT INTO open_tasks (task_id, queue, type, priority, due_at, attempt, failures, losses, retrying, lease_token,
                        worker_id, leased_at, cancel_requested, started_at, progress, current_step, error_code,
                        error_message, error_trace, events, log_lines, updated_at)
SELECT task_id, queue, type, priority, due_at, attempt, failures, losses,
       lease_token IS NULL AND error_code IS NOT NULL, lease_token, worker_id, leased_at, cancel_requested, started_at,
       progress, current_step, error_code, error_message, error_trace, events, log_lines, updated_at
  FROM new_open_tasks;

INSERT INTO tasks (id, owner, type, params, queue, priority, tags, timeout_ms, max_retries, trace_id, created_at,
                   due_at, outcome, finished_at, started_at, attempt, progress, result, error_code, error_message,
                   error_trace, cancel_requested, events, log_lines)
SELECT task_id, owner, type, params, queue, priority, coalesce(tags, '{}'), timeout_ms, max_retries, trace_id,
       created_at, first_due_at, outcome, finished_at, started_at, attempt, progress, result, error_code,
       error_message, error_trace, cancel_requested, events, log_lines
  FROM ended_tasks;

DROP TABLE new_open_tasks, ended_tasks;
