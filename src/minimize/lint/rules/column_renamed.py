"""MZL004: a column is renamed to a retired name."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from minimize.lint.finding import Hit
from minimize.lint.python_module import argument, called, operand
from minimize.lint.rule import PythonContext, Rule, SqlContext
from minimize.lint.sql_nodes import SqlNode, table_ref


class ColumnRenamed(Rule):
    """op.alter_column(new_column_name=...) and ALTER ... RENAME COLUMN."""

    id = "MZL004"
    slug = "column-renamed"
    message = "{subject} gets a name of the retired field {field}"
    hint = "Choose a name for what the column now contains."
    python_nodes = (ast.Call,)
    sql_nodes = ("RenameStmt",)

    def check_python(self, node: ast.AST, context: PythonContext) -> Iterator[Hit]:
        """Check new_column_name."""
        assert isinstance(node, ast.Call)
        if called(node) != "alter_column":
            return
        name, table = argument(node, None, "new_column_name"), operand(node, context.scope)
        if name and (field := context.vocabulary.retired(name, table)):
            keyword = next(keyword for keyword in node.keywords if keyword.arg == "new_column_name")
            yield context.hit(keyword, f"column {table.column(name)}", field)

    def check_sql(self, node: SqlNode, context: SqlContext) -> Iterator[Hit]:
        """Check columns of tables and views, and attributes of types."""
        if node.renameType.name in {"OBJECT_ATTRIBUTE", "OBJECT_COLUMN"}:
            table = table_ref(node.relation)
            if field := context.vocabulary.retired(node.newname, table):
                yield context.hit(node.relation.location, f"column {table.column(node.newname)}", field)


RULE = ColumnRenamed()
