-- Rules that submit tasks. next_at is the moment that is due next; look_at is when a node has to
-- look at the schedule, which is later than that while a node that took it is at work.
CREATE TABLE schedules (
  id          uuid        NOT NULL,
  owner       text        NOT NULL,
  name        text        NOT NULL,
  cron        text        NOT NULL,
  time_zone   text        NOT NULL,
  overlap     text        NOT NULL,
  misfire     text        NOT NULL,
  type        text        NOT NULL,
  params      text        NOT NULL,
  queue       text        NOT NULL,
  priority    smallint    NOT NULL,
  tags        text[]      NOT NULL,
  timeout_ms  bigint      NOT NULL,
  max_retries smallint    NOT NULL,
  paused      boolean     NOT NULL,
  next_at     timestamptz,
  look_at     timestamptz,
  revision    bigint      NOT NULL,
  created_at  timestamptz NOT NULL,
  updated_at  timestamptz NOT NULL,
  CONSTRAINT schedules_pkey PRIMARY KEY (id),
  CONSTRAINT schedules_overlap_is_known CHECK (overlap IN ('skip', 'queue', 'allow')),
  CONSTRAINT schedules_misfire_is_known CHECK (misfire IN ('skip', 'once')),
  CONSTRAINT schedules_priority_is_known CHECK (priority BETWEEN 0 AND 2),
  CONSTRAINT schedules_paused_are_not_due CHECK (NOT paused OR next_at IS NULL),
  CONSTRAINT schedules_look_at_what_is_due CHECK ((look_at IS NULL) = (next_at IS NULL))
) WITH (fillfactor = 70);

CREATE INDEX schedules_of_owner ON schedules (owner, id);
CREATE INDEX schedules_to_look_at ON schedules (look_at) WHERE look_at IS NOT NULL;

-- What became of each moment. The key is the promise that no due moment fires twice.
CREATE TABLE schedule_runs (
  schedule_id uuid        NOT NULL,
  moment      timestamptz NOT NULL,
  triggered   boolean     NOT NULL,
  status      text        NOT NULL,
  task_id     uuid,
  note        text,
  look_at     timestamptz,
  CONSTRAINT schedule_runs_pkey PRIMARY KEY (schedule_id, moment, triggered),
  CONSTRAINT schedule_runs_of_schedule
    FOREIGN KEY (schedule_id) REFERENCES schedules (id) ON DELETE CASCADE,
  CONSTRAINT schedule_runs_status_is_known CHECK (status IN ('waiting', 'submitted', 'skipped')),
  CONSTRAINT schedule_runs_skipped_have_no_task CHECK ((task_id IS NULL) = (status = 'skipped')),
  CONSTRAINT schedule_runs_look_at_what_waits CHECK ((look_at IS NULL) = (status <> 'waiting'))
);

CREATE INDEX schedule_runs_to_look_at ON schedule_runs (look_at) WHERE status = 'waiting';
CREATE INDEX schedule_runs_started
    ON schedule_runs (schedule_id, moment, triggered) WHERE status <> 'skipped';
CREATE INDEX schedule_runs_by_age ON schedule_runs (moment);
