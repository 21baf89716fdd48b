"""The pytest plugin and the attacks it runs, against a real server."""
