"""What a rule is: the nodes it wants to see, and what it says about them."""

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


@dataclass(frozen=True, slots=True)
class PythonContext:
    """What a rule may ask about a node of a Python file."""

    vocabulary: Vocabulary
    module: PythonModule
    scope: Scope

    def hit(self, node: ast.AST, subject: str, field: str = "") -> Hit:
        """Return a hit at the start of a node."""
        return Hit(self.module.position(node), subject, field)


@dataclass(frozen=True, slots=True)
class SqlContext:
    """What a rule may ask about a node of a SQL statement."""

    vocabulary: Vocabulary
    script: SqlScript
    statement_start: int

    def find(self, text: str) -> int | None:
        """Return where a constant stands, which the parser does not say; None where it is written otherwise."""
        offset = self.script.text.find(text, self.statement_start)
        return None if offset < 0 else offset

    def hit(self, location: int | None, subject: str, field: str = "") -> Hit:
        """Return a hit at a node's location; a node that has none is reported where its statement starts."""
        offset = self.statement_start if location is None or location < 0 else location
        return Hit(self.script.position(offset), subject, field, self.script.last_line)


class Rule(ABC):
    """One rule: a file of its own in `rules/`, which names its one instance RULE, and a page in docs/lint."""

    id: ClassVar[str]
    """MZL and three digits; never given to another rule."""

    slug: ClassVar[str]
    """Two to four words, joined by hyphens."""

    message: ClassVar[str]
    """One sentence, lower case, with `{subject}` and, where there is one, `{field}`."""

    hint: ClassVar[str]
    """What to do next, in one sentence."""

    python_nodes: ClassVar[tuple[type[ast.AST], ...]] = ()
    """Kinds of Python nodes that `check_python` is called with."""

    sql_nodes: ClassVar[tuple[str, ...]] = ()
    """Names of pglast.ast classes that `check_sql` is called with."""

    def check_python(self, node: ast.AST, context: PythonContext) -> Iterator[Hit]:
        """Yield where a Python node breaks the rule."""
        raise NotImplementedError

    def check_sql(self, node: SqlNode, context: SqlContext) -> Iterator[Hit]:
        """Yield where a node of a SQL statement breaks the rule."""
        raise NotImplementedError

    def finding(self, path: str, hit: Hit) -> LintFinding:
        """Put a hit into words."""
        message = self.message.format(subject=hit.subject, field=hit.field)
        return LintFinding(path, hit.position.line, hit.position.column, self.id, message, self.hint)

    def finding_at(self, path: str, position: Position, subject: str) -> LintFinding:
        """Put what the linter itself noticed into words."""
        return self.finding(path, Hit(position, subject))
