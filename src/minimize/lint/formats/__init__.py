"""The report formats: one file per format, each with a function from a report to text."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from minimize.lint.formats.github import to_github
from minimize.lint.formats.json import to_json
from minimize.lint.formats.sarif import to_sarif
from minimize.lint.formats.text import to_text
from minimize.lint.linter import LintReport

FORMATS: Mapping[str, Callable[[LintReport], str]] = {
    "text": to_text,
    "json": to_json,
    "github": to_github,
    "sarif": to_sarif,
}

__all__ = ["FORMATS", "to_github", "to_json", "to_sarif", "to_text"]
