"""The interface of a rule: the nodes that it checks, and the hits that it yields."""

from __future__ import annotations

import ast
from abc import ABC
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from minimize.lint.finding import Hit, LintFinding, Position
from minimize.lint.python_module import PythonModule, Scope
from minimize.lint.sql_nodes import SqlNode
from minimize.lint.sql_script import SqlScript
from minimize.lint.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class PythonContext:
    """The context of a node of a Python file."""

    vocabulary: Vocabulary
    module: PythonModule
    scope: Scope

    def hit(self, node: ast.AST, subject: str, field: str = "") -> Hit:
        """Return a hit at the start of a node."""
        return Hit(position=self.module.position(node), subject=subject, field=field)


@dataclass(frozen=True, slots=True, kw_only=True)
class SqlContext:
    """The context of a node of a SQL statement."""

    vocabulary: Vocabulary
    script: SqlScript
    statement_start: int

    def find(self, text: str) -> int | None:
        """Return the offset of a constant, which the parser does not report; None if it is written differently."""
        offset = self.script.text.find(text, self.statement_start)
        return None if offset < 0 else offset

    def hit(self, location: int | None, subject: str, field: str = "") -> Hit:
        """Return a hit at the location of a node, or at the start of the statement if the node has no location."""
        offset = self.statement_start if location is None or location < 0 else location
        return Hit(position=self.script.position(offset), subject=subject, field=field, last_line=self.script.last_line)


class Rule(ABC):
    """One rule: a file in `rules/` with one instance named RULE, and a page in docs/lint."""

    id: ClassVar[str]
    """MZL and three digits; never reused for another rule."""

    slug: ClassVar[str]
    """Two to four words, joined by hyphens."""

    message: ClassVar[str]
    """One sentence, lower case, with `{subject}` and optionally `{field}`."""

    hint: ClassVar[str]
    """What to do next, in one sentence."""

    python_nodes: ClassVar[tuple[type[ast.AST], ...]] = ()
    """The node classes for which `check_python` is called."""

    sql_nodes: ClassVar[tuple[str, ...]] = ()
    """The names of the pglast.ast classes for which `check_sql` is called."""

    def check_python(self, node: ast.AST, context: PythonContext) -> Iterator[Hit]:
        """Yield the hits in a Python node."""
        raise NotImplementedError

    def check_sql(self, node: SqlNode, context: SqlContext) -> Iterator[Hit]:
        """Yield the hits in a node of a SQL statement."""
        raise NotImplementedError

    def finding(self, path: str, hit: Hit) -> LintFinding:
        """Return the finding for a hit."""
        message = self.message.format(subject=hit.subject, field=hit.field)
        return LintFinding(
            path=path,
            line=hit.position.line,
            column=hit.position.column,
            rule=self.id,
            message=message,
            hint=self.hint,
        )

    def finding_at(self, path: str, position: Position, subject: str) -> LintFinding:
        """Return the finding of the linter itself at a position."""
        return self.finding(path, Hit(position=position, subject=subject))
