"""The format for GitHub Actions: workflow commands that annotate the lines of a pull request."""

from __future__ import annotations

from minimize.lint.finding import LintFinding
from minimize.lint.linter import LintReport
from minimize.lint.rules import RULES


def to_github(report: LintReport) -> str:
    """Return one ::error command per finding."""
    return "\n".join(map(_annotation, report.findings))


def _annotation(finding: LintFinding) -> str:
    title = f"{finding.rule} {RULES[finding.rule].slug}"
    properties = {"file": finding.path, "line": finding.line, "col": finding.column, "title": title}
    written = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    message = f"{finding.message}\n{finding.hint}"
    return f"::error {written}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
