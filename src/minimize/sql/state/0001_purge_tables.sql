CREATE TABLE IF NOT EXISTS minimize.purge_run (
  run_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  policy_id text NOT NULL,
  policy_digest text NOT NULL,
  options jsonb NOT NULL,
  limits jsonb NOT NULL,
  started_at timestamptz NOT NULL DEFAULT now(),
  started_by text NOT NULL DEFAULT session_user,
  state text NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'finished', 'superseded', 'cancelled')),
  wanted text NOT NULL DEFAULT 'run' CHECK (wanted IN ('run', 'pause', 'cancel')),
  activity jsonb NOT NULL DEFAULT '{}',
  seen_at timestamptz NOT NULL DEFAULT now(),
  backend integer NOT NULL DEFAULT pg_backend_pid(),
  ended_at timestamptz
);
CREATE TABLE IF NOT EXISTS minimize.purge_found (
  run_id bigint NOT NULL REFERENCES minimize.purge_run ON DELETE CASCADE,
  location text NOT NULL,
  at_start bigint,
  exempt bigint NOT NULL,
  held bigint NOT NULL,
  remaining bigint NOT NULL,
  counted_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (run_id, location)
);
CREATE TABLE IF NOT EXISTS minimize.purge_range (
  range_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  run_id bigint NOT NULL REFERENCES minimize.purge_run ON DELETE CASCADE,
  relation oid NOT NULL,
  relation_name text NOT NULL,
  pass integer NOT NULL,
  first_block bigint NOT NULL,
  next_block bigint NOT NULL,
  end_block bigint NOT NULL,
  rows bigint NOT NULL DEFAULT 0,
  hot_rows bigint NOT NULL DEFAULT 0,
  updated_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (run_id, relation, pass, first_block)
) WITH (fillfactor = 50);
CREATE TABLE IF NOT EXISTS minimize.purge_count (
  range_id bigint NOT NULL REFERENCES minimize.purge_range ON DELETE CASCADE,
  location text NOT NULL,
  erased bigint NOT NULL,
  PRIMARY KEY (range_id, location)
) WITH (fillfactor = 50)
