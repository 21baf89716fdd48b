"""Reads the documentation page of a rule."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from minimize.errors import UsageError
from minimize.lint.rules import RULES

_CHECKOUT = Path(__file__).parents[3] / "docs" / "lint"


def read_page(rule: str) -> str:
    """Return the documentation page of a rule, in Markdown.

    Raises:
        UsageError: There is no such rule.
    """
    if rule not in RULES:
        raise UsageError(f"there is no rule {rule}", hint=f"Rules: {', '.join(RULES)}.")
    packaged = resources.files("minimize.lint") / "pages" / f"{rule}.md"
    return (packaged if packaged.is_file() else _CHECKOUT / f"{rule}.md").read_text(encoding="utf-8")
