"""Counters of a running purge, and their output as progress and metrics."""
