"""Finds models, migrations and SQL files that reintroduce a retired field, without a database."""

from minimize.lint.finding import LintFinding
from minimize.lint.linter import LintReport, lint

__all__ = ["LintFinding", "LintReport", "lint"]
