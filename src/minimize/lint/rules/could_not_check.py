"""MZL000: a file, or a statement in it, that could not be checked."""

from __future__ import annotations

from minimize.lint.rule import Rule


class CouldNotCheck(Rule):
    """A file that was not checked does not count as clean."""

    id = "MZL000"
    slug = "could-not-check"
    message = "could not be checked: it {subject}"
    hint = "Correct the file, exclude it with --exclude, or install minimize[lint] if the SQL parser is missing."


RULE = CouldNotCheck()
