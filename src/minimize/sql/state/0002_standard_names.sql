-- One term for each state of a row, and comments for people who read these tables. Renaming backend also stops the
-- release before the versions: its purge fails at this column and changes nothing.
ALTER TABLE minimize.purge_run RENAME COLUMN backend TO backend_pid;
ALTER TABLE minimize.purge_found RENAME COLUMN at_start TO rows_carrying;
ALTER TABLE minimize.purge_found RENAME COLUMN exempt TO rows_exempt;
ALTER TABLE minimize.purge_found RENAME COLUMN held TO rows_held;
ALTER TABLE minimize.purge_found RENAME COLUMN remaining TO rows_left;

COMMENT ON TABLE minimize.purge_run IS 'One row for each run: one purge of one policy, over as many processes as it takes';
COMMENT ON COLUMN minimize.purge_run.limits IS 'Limits of the process at work; minimize purge tune changes them';
COMMENT ON COLUMN minimize.purge_run.state IS 'Whether the run is closed; not whether a process is at work';
COMMENT ON COLUMN minimize.purge_run.wanted IS 'What minimize purge pause, resume or cancel requested last';
COMMENT ON COLUMN minimize.purge_run.activity IS 'What the process reported last';
COMMENT ON COLUMN minimize.purge_run.seen_at IS 'When the process reported last';
COMMENT ON COLUMN minimize.purge_run.backend_pid IS 'Server process of the session that holds the purge lock';
COMMENT ON TABLE minimize.purge_found IS 'Row counts of each location in each run';
COMMENT ON COLUMN minimize.purge_found.rows_carrying IS 'Rows that carried a value before the first batch; NULL if not counted then';
COMMENT ON COLUMN minimize.purge_found.rows_exempt IS 'Rows that an exception keeps, by the latest count';
COMMENT ON COLUMN minimize.purge_found.rows_held IS 'Rows that a hold keeps for now, by the latest count';
COMMENT ON COLUMN minimize.purge_found.rows_left IS 'Rows to erase or unreadable, by the latest count';
COMMENT ON COLUMN minimize.purge_found.counted_at IS 'When the latest count ended';
COMMENT ON TABLE minimize.purge_range IS 'Consecutive blocks of one relation; blocks before next_block are done in this pass';
COMMENT ON TABLE minimize.purge_count IS 'Values erased in each range, by location'
