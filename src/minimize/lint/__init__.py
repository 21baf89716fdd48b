"""Models, migrations and SQL files that bring a retired field back, found without a database."""

from minimize.lint.check import LintReport, lint
from minimize.lint.finding import Finding

__all__ = ["Finding", "LintReport", "lint"]
