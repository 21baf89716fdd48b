"""MZL007: an ignore that does not say which rule, or why."""

from __future__ import annotations

from minimize.lint.rule import Rule


class IgnoreWithoutReason(Rule):
    """An exception without a reason cannot be reviewed, so it has no effect."""

    id = "MZL007"
    slug = "ignore-without-reason"
    message = "this ignore has no effect: it {subject}"
    hint = "Write minimize: ignore[MZL001] followed by the reason."


RULE = IgnoreWithoutReason()
