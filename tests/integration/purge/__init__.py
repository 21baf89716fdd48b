"""Purging real databases, in process."""
