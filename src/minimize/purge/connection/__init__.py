"""The connections of a purge: reconnecting, stopping, pausing, and the oldest snapshot that others hold."""
