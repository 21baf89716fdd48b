"""What slows a running purge down: one file for each throttle, with its limits and the query that it runs."""
