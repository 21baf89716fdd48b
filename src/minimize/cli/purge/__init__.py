"""`minimize purge` and the commands below it."""
