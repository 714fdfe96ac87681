-- A task is one row: in open_tasks until it ends, then in ended_tasks. A short life costs two rows and no
-- more: the last attempt and its `started` event, and the task's last event, are read from them.

-- --- Queues -----------------------------------------------------------------------------------------

-- Queues about which somebody decided something; every other name is a queue without limits.
CREATE TABLE queues (
  name              text        COLLATE "C" NOT NULL,
  paused            boolean     NOT NULL DEFAULT false,
  concurrency_limit integer,
  key_limit         integer     NOT NULL DEFAULT 1,
  updated_at        timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT queues_pkey PRIMARY KEY (name),
  CONSTRAINT queues_limit_is_positive CHECK (concurrency_limit > 0),
  CONSTRAINT queues_key_limit_is_positive CHECK (key_limit > 0)
);

-- A task of low priority is served as if it had come an hour later, one of high priority as if it had come an
-- hour earlier: nobody waits for ever.
CREATE FUNCTION rank_in_line(due_at timestamptz, priority smallint) RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE
RETURN due_at + (priority - 1) * interval '1 hour';

-- --- Tables -----------------------------------------------------------------------------------------

ALTER TABLE tasks RENAME TO old_tasks;
ALTER TABLE open_tasks RENAME TO old_open_tasks;
DROP INDEX open_tasks_waiting, open_tasks_leased;
ALTER TABLE old_open_tasks RENAME CONSTRAINT open_tasks_pkey TO old_open_tasks_pkey;

CREATE TABLE open_tasks (
  -- what was asked
  task_id          uuid        NOT NULL,
  owner            text        NOT NULL,
  type             text        NOT NULL,
  params           text        NOT NULL,
  queue            text        COLLATE "C" NOT NULL,
  priority         smallint    NOT NULL,
  tags             text[],
  timeout_ms       bigint      NOT NULL,
  max_retries      smallint    NOT NULL,
  trace_id         text        NOT NULL,
  created_at       timestamptz NOT NULL,
  first_due_at     timestamptz NOT NULL,
  concurrency_key  text,
  batch_id         uuid,
  lane             bigint      NOT NULL, -- an owner's tasks with one concurrency key; lanes take turns
  -- how it stands
  due_at           timestamptz NOT NULL,
  expires_at       timestamptz,          -- when it fails unless it was started; absent from its first start on
  rank             timestamptz,          -- its place in line; absent while it is not due or is leased
  attempt          integer     NOT NULL DEFAULT 0,
  failures         integer     NOT NULL DEFAULT 0,
  losses           integer     NOT NULL DEFAULT 0,
  lease_token      uuid,
  worker_id        uuid,
  leased_at        timestamptz,
  started_event    integer,              -- number of the running attempt's `started`, which has no row
  cancel_requested boolean     NOT NULL DEFAULT false,
  started_at       timestamptz,
  progress         smallint    NOT NULL DEFAULT 0,
  current_step     text,
  error_code       text,                 -- of the last attempt, while the task waits for the next one
  error_message    text,
  error_trace      text,
  events           integer     NOT NULL DEFAULT 1,
  log_lines        integer     NOT NULL DEFAULT 0,
  updated_at       timestamptz NOT NULL,
  -- No CHECK here or in ended_tasks: PostgreSQL reads them anew for each statement, which is felt.
  CONSTRAINT open_tasks_pkey PRIMARY KEY (task_id)
) WITH (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500);

-- Each index holds only what one question needs; a task is in one or two of them at a time.
CREATE INDEX open_tasks_in_line ON open_tasks (queue, lane, rank, task_id) WHERE rank IS NOT NULL;
CREATE INDEX open_tasks_later ON open_tasks (due_at) WHERE rank IS NULL AND lease_token IS NULL;
CREATE INDEX open_tasks_expiring ON open_tasks (expires_at) WHERE expires_at IS NOT NULL;
CREATE INDEX open_tasks_leased ON open_tasks (worker_id) WHERE lease_token IS NOT NULL;
CREATE INDEX open_tasks_running ON open_tasks (queue, lane) WHERE lease_token IS NOT NULL;
CREATE INDEX open_tasks_of_owner ON open_tasks (owner, task_id);
CREATE INDEX open_tasks_of_batch ON open_tasks (batch_id) WHERE batch_id IS NOT NULL;

CREATE TABLE ended_tasks (
  task_id          uuid        NOT NULL,
  owner            text        NOT NULL,
  type             text        NOT NULL,
  params           text        NOT NULL,
  queue            text        COLLATE "C" NOT NULL,
  priority         smallint    NOT NULL,
  tags             text[],
  timeout_ms       bigint      NOT NULL,
  max_retries      smallint    NOT NULL,
  trace_id         text        NOT NULL,
  created_at       timestamptz NOT NULL,
  first_due_at     timestamptz NOT NULL,
  concurrency_key  text,
  batch_id         uuid,
  lane             bigint      NOT NULL,
  due_at           timestamptz NOT NULL,
  attempt          integer     NOT NULL,
  cancel_requested boolean     NOT NULL,
  started_at       timestamptz,
  progress         smallint    NOT NULL,
  outcome          text        NOT NULL,
  finished_at      timestamptz NOT NULL,
  result           text,
  error_code       text,
  error_message    text,
  error_trace      text,
  -- How many of each there are, so that numbering goes on when the task is retried.
  events           integer     NOT NULL,
  log_lines        integer     NOT NULL,
  -- The attempt with which it ended; absent where none ran.
  lease_token      uuid,
  worker           text,
  leased_at        timestamptz,
  started_event    integer,
  attempt_outcome  text,                 -- where it is not the task's
  CONSTRAINT ended_tasks_pkey PRIMARY KEY (task_id)
) PARTITION BY RANGE (task_id);

CREATE INDEX ended_tasks_of_owner ON ended_tasks (owner, task_id);
CREATE INDEX ended_tasks_of_batch ON ended_tasks (batch_id) WHERE batch_id IS NOT NULL;
CREATE INDEX ended_tasks_dead_letters ON ended_tasks (owner, task_id) WHERE outcome = 'failed';

CREATE TABLE ended_tasks_other PARTITION OF ended_tasks DEFAULT;

-- --- Partitions -------------------------------------------------------------------------------------

CREATE OR REPLACE FUNCTION create_history_partition(whole text, part text, lower uuid, upper uuid) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING ALL)', part, whole);
  -- To attach needs this lock too; taken first, nobody changes a row that is being moved.
  EXECUTE format('LOCK TABLE %I IN ACCESS EXCLUSIVE MODE', whole || '_other');
  EXECUTE format(
    'WITH moved AS (DELETE FROM %I WHERE task_id >= %L AND task_id < %L RETURNING *) INSERT INTO %I SELECT * FROM moved',
    whole || '_other', lower, upper, part);
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
    FOREACH whole IN ARRAY ARRAY['ended_tasks', 'attempts', 'steps', 'events', 'log_lines'] LOOP
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

-- For every week that old tasks are from.
SELECT create_history_partitions(
  coalesce((SELECT min(created_at) FROM old_tasks), now()) - interval '1 day', now() + interval '14 days');

-- As engine/…/task/Lane makes it.
CREATE FUNCTION pg_temp.lane_of(owner text) RETURNS bigint
LANGUAGE sql IMMUTABLE
RETURN ('x' || encode(substr(sha256(convert_to(owner, 'UTF8')), 1, 8), 'hex'))::bit(64)::bigint;

-- --- What was there ---------------------------------------------------------------------------------

INSERT INTO open_tasks (
  task_id, owner, type, params, queue, priority, tags, timeout_ms, max_retries, trace_id, created_at, first_due_at,
  lane, due_at, rank, attempt, failures, losses, lease_token, worker_id, leased_at, cancel_requested, started_at,
  progress, current_step, error_code, error_message, error_trace, events, log_lines, updated_at)
SELECT t.id, t.owner, t.type, t.params, t.queue, t.priority, nullif(t.tags, '{}'), t.timeout_ms, t.max_retries,
       t.trace_id, t.created_at, t.due_at, pg_temp.lane_of(t.owner), o.due_at,
       CASE WHEN o.lease_token IS NULL AND o.due_at <= now() THEN rank_in_line(o.due_at, t.priority) END,
       o.attempt, o.failures, o.losses, o.lease_token, o.worker_id, o.leased_at, o.cancel_requested, o.started_at,
       o.progress, o.current_step, o.error_code, o.error_message, o.error_trace, o.events, o.log_lines, o.updated_at
  FROM old_tasks t JOIN old_open_tasks o ON o.task_id = t.id;

-- Their last attempts keep their rows.
INSERT INTO ended_tasks (
  task_id, owner, type, params, queue, priority, tags, timeout_ms, max_retries, trace_id, created_at, first_due_at,
  lane, due_at, attempt, cancel_requested, started_at, progress, outcome, finished_at, result, error_code, error_message,
  error_trace, events, log_lines)
SELECT id, owner, type, params, queue, priority, nullif(tags, '{}'), timeout_ms, max_retries, trace_id, created_at,
       due_at, pg_temp.lane_of(owner), due_at, attempt, cancel_requested, started_at, progress, outcome, finished_at, result, error_code,
       error_message, error_trace, events, log_lines
  FROM old_tasks WHERE outcome IS NOT NULL;

DELETE FROM events e USING ended_tasks t WHERE e.task_id = t.task_id AND e.number = t.events;

DROP TABLE old_tasks, old_open_tasks;
DROP FUNCTION pg_temp.lane_of;

-- --- Reading ----------------------------------------------------------------------------------------

-- Every task as it stands now.
CREATE VIEW tasks AS
SELECT task_id AS id, owner, type, params, queue, priority, tags, timeout_ms, max_retries, trace_id, created_at,
       first_due_at, concurrency_key, batch_id, due_at, attempt, cancel_requested, started_at, progress,
       CASE WHEN lease_token IS NOT NULL THEN 'running'
            WHEN error_code IS NOT NULL THEN 'retrying'
            WHEN due_at > now() THEN 'pending'
            ELSE 'queued' END AS status,
       NULL::timestamptz AS finished_at, NULL::text AS result, error_code, error_message, error_trace,
       current_step, updated_at, events, log_lines, expires_at
  FROM open_tasks
UNION ALL
SELECT task_id, owner, type, params, queue, priority, tags, timeout_ms, max_retries, trace_id, created_at,
       first_due_at, concurrency_key, batch_id, due_at, attempt, cancel_requested, started_at, progress,
       outcome, finished_at, result, error_code, error_message, error_trace,
       NULL, finished_at, events, log_lines, NULL
  FROM ended_tasks;

-- Every attempt, the running ones included.
CREATE VIEW task_attempts AS
SELECT task_id, lease_token AS token, attempt AS number, w.name AS worker, leased_at AS started_at,
       NULL::timestamptz AS ended_at, NULL::text AS outcome, NULL::text AS error_code, NULL::text AS error_message,
       NULL::text AS error_trace
  FROM open_tasks JOIN workers w ON w.id = worker_id
UNION ALL
SELECT task_id, lease_token, attempt, worker, leased_at, finished_at, coalesce(attempt_outcome, outcome),
       error_code, error_message, error_trace
  FROM ended_tasks WHERE lease_token IS NOT NULL
UNION ALL
SELECT task_id, token, number, worker, started_at, ended_at, outcome, error_code, error_message, error_trace
  FROM attempts;

-- Events that are read from the task's own row: its submission, the start of its last attempt and its end.
CREATE VIEW task_events_without_rows AS
SELECT id AS task_id, 1 AS number, 'queued' AS type, created_at AS at,
       CASE WHEN first_due_at > created_at
            THEN json_build_object('due_at',
                 to_char(first_due_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))::text
            ELSE '{}' END AS data
  FROM tasks
UNION ALL
SELECT task_id, started_event, 'started', leased_at,
       json_build_object('attempt', attempt, 'worker', w.name)::text
  FROM open_tasks JOIN workers w ON w.id = worker_id
 WHERE started_event IS NOT NULL
UNION ALL
SELECT task_id, started_event, 'started', leased_at,
       json_build_object('attempt', attempt, 'worker', worker)::text
  FROM ended_tasks WHERE started_event IS NOT NULL
UNION ALL
SELECT task_id, events, outcome, finished_at,
       CASE WHEN error_code IS NOT NULL
            THEN json_build_object('code', error_code, 'message', error_message)::text
            ELSE '{}' END
  FROM ended_tasks;

-- Every event.
CREATE VIEW task_events AS
SELECT task_id, number, type, at, data FROM task_events_without_rows
UNION ALL
SELECT task_id, number, type, at, data FROM events;

-- --- Claiming ---------------------------------------------------------------------------------------

-- A lane and how much of it may be claimed. queue_room: how many more of its queue may run, absent without a limit; key_room likewise
CREATE TYPE lane_in_turn AS (queue text COLLATE "C", lane bigint, guarded boolean, queue_room integer, key_room integer);

-- Locks up to `most` due tasks of the given types for the transaction of a worker that is not dead, lane by lane: the first lane is
-- the one after (`after_queue`, `after_lane`), each gets its share of `most`, and within a lane the order is by rank.
-- Paused queues, and queues and keys that have as many running as they may, are passed over whole, however many wait
-- in them. `guarded` says that a limit applies: then the transaction must lease what it got and end at once, for
-- others wait to count. `waited` is how many seconds ago it was due.
CREATE FUNCTION hold_due_tasks(worker uuid, types text[], most integer, after_queue text, after_lane bigint)
RETURNS TABLE (
  place tid, guarded boolean, task_id uuid, owner text, type text, params text, attempt integer, failures integer,
  max_retries smallint, timeout_ms bigint, trace_id text, queue text, lane bigint, waited double precision)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  lanes     record;
  known     queues%ROWTYPE;
  at_queue  text   := after_queue;
  at_lane   bigint := after_lane;
  wrapped   boolean := false;
  found_lanes lane_in_turn[] := '{}';
  one       lane_in_turn;
  room      integer;
  first_room integer;
  share     integer;
  given     integer := 0;
  got       integer;
BEGIN
  IF NOT EXISTS (SELECT FROM workers w WHERE w.id = worker AND w.ended_at IS NULL) THEN
    RETURN;
  END IF;

  -- Tasks whose time has come get their place in line.
  IF EXISTS (SELECT FROM open_tasks o WHERE o.rank IS NULL AND o.lease_token IS NULL AND o.due_at <= now()) THEN
    UPDATE open_tasks o
       SET rank = rank_in_line(o.due_at, o.priority)
     WHERE o.task_id = ANY (ARRAY (
           SELECT l.task_id FROM open_tasks l
            WHERE l.rank IS NULL AND l.lease_token IS NULL AND l.due_at <= now()
            ORDER BY l.due_at
            LIMIT 1000
              FOR UPDATE SKIP LOCKED));
  END IF;

  -- Which lanes are next.
  WHILE cardinality(found_lanes) < most LOOP
    SELECT o.queue, o.lane, o.concurrency_key INTO lanes
      FROM open_tasks o
     WHERE o.rank IS NOT NULL AND (o.queue, o.lane) > (at_queue, at_lane)
     ORDER BY o.queue, o.lane
     LIMIT 1;
    IF NOT FOUND THEN
      EXIT WHEN wrapped;
      wrapped := true;
      at_queue := '';
      at_lane := 0;
      CONTINUE;
    END IF;
    EXIT WHEN wrapped AND (lanes.queue, lanes.lane) > (after_queue, after_lane);
    at_queue := lanes.queue;
    at_lane := lanes.lane;

    IF known.name IS DISTINCT FROM lanes.queue THEN
      room := NULL;
      SELECT * INTO known FROM queues q WHERE q.name = lanes.queue;
      IF NOT FOUND THEN
        known := ROW(lanes.queue, false, NULL, 1, NULL);
      END IF;
      IF known.concurrency_limit IS NOT NULL AND NOT known.paused THEN
        IF pg_try_advisory_xact_lock(1163022929, hashtext(lanes.queue)) THEN
          SELECT known.concurrency_limit - count(*) INTO room
            FROM open_tasks o WHERE o.queue = lanes.queue AND o.lease_token IS NOT NULL;
        ELSE
          room := 0; -- somebody else counts just now
        END IF;
      END IF;
    END IF;
    IF known.paused OR room <= 0 THEN
      at_lane := 9223372036854775807; -- on to the next queue
      CONTINUE;
    END IF;

    one := ROW(lanes.queue, lanes.lane, known.concurrency_limit IS NOT NULL, room, NULL);
    IF lanes.concurrency_key IS NOT NULL THEN
      CONTINUE WHEN NOT pg_try_advisory_xact_lock(1163022930, hashint8(lanes.lane));
      SELECT known.key_limit - count(*) INTO one.key_room
        FROM open_tasks o
       WHERE o.queue = lanes.queue AND o.lane = lanes.lane AND o.lease_token IS NOT NULL;
      CONTINUE WHEN one.key_room <= 0;
      one.guarded := true;
    END IF;
    found_lanes := found_lanes || one;
  END LOOP;

  -- Each its share.
  share := ceil(most::numeric / greatest(cardinality(found_lanes), 1));
  known := NULL;
  room := NULL;
  FOREACH one IN ARRAY found_lanes LOOP
    IF known.name IS DISTINCT FROM one.queue THEN
      -- The turn may end in the queue in which it began.
      IF known.name = found_lanes[1].queue THEN
        first_room := room;
      END IF;
      room := CASE WHEN known.name IS NOT NULL AND one.queue = found_lanes[1].queue
                   THEN first_room ELSE one.queue_room END;
      known.name := one.queue;
    END IF;
    EXIT WHEN given >= most;
    RETURN QUERY
      SELECT o.ctid, one.guarded, o.task_id, o.owner, o.type, o.params, o.attempt, o.failures, o.max_retries,
             o.timeout_ms, o.trace_id, o.queue, o.lane, date_part('epoch', now() - o.due_at)
        FROM open_tasks o
       WHERE o.rank IS NOT NULL AND o.queue = one.queue AND o.lane = one.lane AND o.type = ANY (types)
         AND (o.expires_at IS NULL OR o.expires_at > now())
       ORDER BY o.rank, o.task_id
       LIMIT least(share, most - given, room, one.key_room)
         FOR UPDATE SKIP LOCKED;
    GET DIAGNOSTICS got = ROW_COUNT;
    given := given + got;
    room := room - got;
  END LOOP;
END $$;
