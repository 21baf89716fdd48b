"""MZL003: a statement writes a retired column."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from minimize.lint.finding import Hit
from minimize.lint.python_module import is_none
from minimize.lint.rule import PythonContext, Rule, SqlContext
from minimize.lint.sql_nodes import SqlNode, is_empty, kind, table_ref


class ColumnWritten(Rule):
    """INSERT, UPDATE, MERGE and COPY ... FROM, and SQLAlchemy's .values(column=...)."""

    id = "MZL003"
    slug = "column-written"
    message = "{subject} is written, of the retired field {field}"
    hint = "Remove the column from the statement; the guard refuses the write in any case."
    python_nodes = (ast.Call,)
    sql_nodes = ("CopyStmt", "InsertStmt", "MergeStmt", "UpdateStmt")

    def check_python(self, node: ast.AST, context: PythonContext) -> Iterator[Hit]:
        """Check .values(column=...). The table is unknown, so a column that any table may keep is allowed."""
        assert isinstance(node, ast.Call)
        if not isinstance(node.func, ast.Attribute) or node.func.attr != "values":
            return
        for keyword in node.keywords:
            name = keyword.arg
            if name is None or is_none(keyword.value) or context.vocabulary.is_kept_somewhere(name):
                continue
            if field := context.vocabulary.retired(name):
                yield context.hit(keyword, f"column {name}", field)

    def check_sql(self, node: SqlNode, context: SqlContext) -> Iterator[Hit]:
        """Check the target columns; NULL and DEFAULT write no value."""
        table = table_ref(node.relation)
        for name, location in _targets(node):
            if field := context.vocabulary.retired(name, table):
                yield context.hit(location, f"column {table.column(name)}", field)


def _targets(node: SqlNode) -> Iterator[tuple[str, int | None]]:
    match kind(node):
        case "InsertStmt":
            yield from ((target.name, target.location) for target in node.cols or ())
            if node.onConflictClause:
                yield from _assigned(node.onConflictClause.targetList)
        case "UpdateStmt":
            yield from _assigned(node.targetList)
        case "MergeStmt":
            for clause in node.mergeWhenClauses or ():
                is_insert = clause.commandType.name == "CMD_INSERT"
                yield from ((t.name, t.location) for t in clause.targetList or () if is_insert or not is_empty(t.val))
        case "CopyStmt" if node.is_from:
            yield from ((name.sval, None) for name in node.attlist or ())


def _assigned(targets: SqlNode) -> Iterator[tuple[str, int | None]]:
    yield from ((target.name, target.location) for target in targets or () if not is_empty(target.val))


RULE = ColumnWritten()
