"""Verification on a real PostgreSQL."""
