"""MZL000: a file, or a statement in it, that could not be checked."""

from __future__ import annotations

from minimize.lint.rule import Rule


class CouldNotCheck(Rule):
    """What was not checked is not clean."""

    id = "MZL000"
    slug = "could-not-check"
    message = "could not be checked: it {subject}"
    hint = "Mend the file, leave it out with --exclude, or install minimize[lint] if PostgreSQL's parser is missing."


RULE = CouldNotCheck()
