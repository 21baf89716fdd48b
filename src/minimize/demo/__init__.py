"""Runs the whole process on an embedded PostgreSQL with generated data."""
