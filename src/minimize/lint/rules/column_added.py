"""MZL002: a migration adds a retired column."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from minimize.lint.finding import Hit
from minimize.lint.python_module import argument, called
from minimize.lint.rule import PythonContext, Rule, SqlContext
from minimize.lint.rules.column_declared import named_column
from minimize.lint.sql_nodes import SqlNode, table_ref


class ColumnAdded(Rule):
    """Alembic's add_column and create_table, op.restore_field, and ALTER TABLE ... ADD COLUMN."""

    id = "MZL002"
    slug = "column-added"
    message = "{subject} adds the retired field {field}"
    hint = "Remove the column; only downgrade() may restore it, and op.restore_field restores it empty and guarded."
    python_nodes = (ast.Call,)
    sql_nodes = ("AlterTableStmt",)

    def check_python(self, node: ast.AST, context: PythonContext) -> Iterator[Hit]:
        """Check the columns in op.add_column and op.create_table, and op.restore_field outside downgrade()."""
        assert isinstance(node, ast.Call)
        yield from named_column(node, context, is_operation=True)
        if called(node) == "restore_field" and isinstance(node.func, ast.Attribute):
            yield context.hit(node, "restore_field outside downgrade()", argument(node, 0, "field") or "?")

    def check_sql(self, node: SqlNode, context: SqlContext) -> Iterator[Hit]:
        """Check ADD COLUMN, also of foreign tables, and ADD ATTRIBUTE of types."""
        table = table_ref(node.relation)
        for command in node.cmds or ():
            if command.subtype.name == "AT_AddColumn":
                column = command.def_
                if field := context.vocabulary.retired(column.colname, table):
                    yield context.hit(column.location, f"column {table.column(column.colname)}", field)


RULE = ColumnAdded()
