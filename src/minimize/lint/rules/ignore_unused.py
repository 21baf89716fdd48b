"""MZL008: an ignore comment without a finding."""

from __future__ import annotations

from minimize.lint.rule import Rule


class IgnoreUnused(Rule):
    """An unused ignore comment would hide a later finding on its line."""

    id = "MZL008"
    slug = "ignore-unused"
    message = "this ignore of {subject} matches no finding"
    hint = "Remove the rule from the comment, or the comment."


RULE = IgnoreUnused()
