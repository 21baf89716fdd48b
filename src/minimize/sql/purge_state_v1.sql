CREATE TABLE IF NOT EXISTS minimize.purge_run (
  run_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  policy_id text NOT NULL,
  policy_digest text NOT NULL,
  options jsonb NOT NULL,
  started_at timestamptz NOT NULL DEFAULT now(),
  started_by text NOT NULL DEFAULT session_user,
  state text NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'finished', 'superseded')),
  ended_at timestamptz
);
CREATE TABLE IF NOT EXISTS minimize.purge_range (
  run_id bigint NOT NULL REFERENCES minimize.purge_run ON DELETE CASCADE,
  relation oid NOT NULL,
  relation_name text NOT NULL,
  pass integer NOT NULL DEFAULT 1,
  next_block bigint NOT NULL DEFAULT 0,
  end_block bigint NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (run_id, relation)
);
CREATE TABLE IF NOT EXISTS minimize.purge_count (
  run_id bigint NOT NULL REFERENCES minimize.purge_run ON DELETE CASCADE,
  location text NOT NULL,
  erased bigint NOT NULL,
  PRIMARY KEY (run_id, location)
)
