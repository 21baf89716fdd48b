"""Models, migrations and SQL files that bring a retired field back, found without a database."""

from minimize.lint.finding import LintFinding
from minimize.lint.linter import LintReport, lint

__all__ = ["LintFinding", "LintReport", "lint"]
