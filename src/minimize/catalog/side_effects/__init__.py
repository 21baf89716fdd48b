"""What sees, copies or blocks the writes of a purge: triggers, consumers of changes, foreign keys, snapshots."""
