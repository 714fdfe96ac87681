-- The least UUIDv7 of a moment: its first 48 bits are its Unix time in milliseconds.
CREATE FUNCTION first_id_at(moment timestamptz) RETURNS uuid
LANGUAGE sql STABLE PARALLEL SAFE
RETURN (lpad(to_hex(greatest(extract(epoch FROM moment) * 1000, 0)::bigint), 12, '0') || repeat('0', 20))::uuid;

-- A task that goes takes its key with it.
CREATE INDEX idempotency_keys_of_task ON idempotency_keys (task_id);

-- The SHA-256 of bytes whose artifact was pruned, replaced or refused, until somebody has looked whether another one has them.
CREATE TABLE pruned_bytes (
  sha256 text COLLATE "C" NOT NULL,
  CONSTRAINT pruned_bytes_pkey PRIMARY KEY (sha256)
);

CREATE INDEX artifacts_with_bytes ON artifacts (sha256);

-- Drops the tasks of a week with their history, unless one of them has not ended or ended less than
-- `life` ago. Waits for nobody longer than a blink; says whether the week is gone.
CREATE FUNCTION drop_history_week(week timestamptz, life interval) RETURNS boolean
LANGUAGE plpgsql
SET lock_timeout = '200ms'
SET enable_seqscan = on
AS $$
DECLARE
  lower  uuid := first_id_at(week);
  upper  uuid := first_id_at(week + interval '7 days');
  suffix text := to_char(week AT TIME ZONE 'UTC', '_YYYY_MM_DD');
  whole  text;
BEGIN
  -- From here on nobody retries a task of this week.
  IF to_regclass('ended_tasks' || suffix) IS NOT NULL THEN
    EXECUTE format('LOCK TABLE %I IN SHARE MODE', 'ended_tasks' || suffix);
  END IF;
  IF EXISTS (SELECT FROM open_tasks WHERE task_id >= lower AND task_id < upper)
     OR EXISTS (SELECT FROM ended_tasks_other WHERE task_id >= lower AND task_id < upper)
     OR EXISTS (SELECT FROM ended_tasks
                 WHERE task_id >= lower AND task_id < upper AND finished_at >= now() - life) THEN
    RETURN false;
  END IF;

  LOCK TABLE ONLY ended_tasks, ONLY attempts, ONLY steps, ONLY events, ONLY log_lines IN ACCESS EXCLUSIVE MODE;
  -- A node whose clock is weeks behind may just have submitted one.
  IF EXISTS (SELECT FROM open_tasks WHERE task_id >= lower AND task_id < upper) THEN
    RETURN false;
  END IF;
  FOREACH whole IN ARRAY ARRAY['ended_tasks', 'attempts', 'steps', 'events', 'log_lines'] LOOP
    EXECUTE format('DROP TABLE IF EXISTS %I', whole || suffix);
  END LOOP;
  RETURN true;
EXCEPTION
  WHEN lock_not_available OR deadlock_detected THEN
    RETURN false;
END $$;
