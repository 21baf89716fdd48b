"""The guard on SQLAlchemy engines and classes, against a real server."""
