-- What was done for a key before, by whom, and how it went.
CREATE TABLE runs (
  id         uuid        NOT NULL,
  owner      text        NOT NULL,
  key        text        NOT NULL,
  task_id    uuid,
  status     text        NOT NULL DEFAULT 'running',
  started_at timestamptz NOT NULL DEFAULT now(),
  ended_at   timestamptz,
  CONSTRAINT runs_pkey PRIMARY KEY (id),
  CONSTRAINT runs_have_a_status CHECK (status IN ('running', 'completed', 'failed')),
  CONSTRAINT runs_end_once CHECK ((status = 'running') = (ended_at IS NULL))
);

CREATE INDEX runs_of_owner ON runs (owner, id DESC);
CREATE INDEX runs_for_key ON runs (owner, key, id DESC);
CREATE INDEX completed_runs ON runs (owner, key, ended_at DESC) WHERE status = 'completed';

CREATE TABLE run_metrics (
  run_id uuid             NOT NULL,
  name   text             NOT NULL,
  value  double precision NOT NULL,
  at     timestamptz      NOT NULL DEFAULT now(),
  CONSTRAINT run_metrics_pkey PRIMARY KEY (run_id, name),
  CONSTRAINT run_metrics_of_a_run FOREIGN KEY (run_id) REFERENCES runs ON DELETE CASCADE
);

CREATE TABLE run_notes (
  number bigint      GENERATED ALWAYS AS IDENTITY,
  run_id uuid        NOT NULL,
  text   text        NOT NULL,
  at     timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT run_notes_pkey PRIMARY KEY (number),
  CONSTRAINT run_notes_of_a_run FOREIGN KEY (run_id) REFERENCES runs ON DELETE CASCADE
);

CREATE INDEX notes_of_run ON run_notes (run_id, number);
