"""Kinds of location, evaluated by real servers."""
