"""MZL007: an ignore comment without a rule or without a reason."""

from __future__ import annotations

from minimize.lint.rule import Rule


class IgnoreWithoutReason(Rule):
    """An ignore without a reason cannot be reviewed, so it has no effect."""

    id = "MZL007"
    slug = "ignore-without-reason"
    message = "this ignore has no effect: it {subject}"
    hint = "Write minimize: ignore[MZL001] followed by the reason."


RULE = IgnoreWithoutReason()
