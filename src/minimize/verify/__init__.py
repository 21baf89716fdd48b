"""Searches for residue, and reports what was not checked."""
