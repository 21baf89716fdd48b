"""What makes a running purge wait: one throttle a file, each a question to the server with a limit to its answer."""
