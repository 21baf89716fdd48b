"""Tests of the documentation against the code; they need no database."""
