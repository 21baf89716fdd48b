"""MZL001: a model, a table, a view or a type declares a retired column."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from minimize.lint.finding import Hit
from minimize.lint.python_module import argument, called, last_name, literal
from minimize.lint.rule import PythonContext, Rule, SqlContext
from minimize.lint.sql_nodes import SqlNode, kind, output_columns, starred_tables, table_ref
from minimize.lint.vocabulary import TableRef

COLUMN_CALLS = frozenset({"Column", "mapped_column"})
_WRAPPERS = frozenset({"column_property", "deferred"})


class ColumnDeclared(Rule):
    """SQLAlchemy columns, and the columns of relations and types that SQL creates."""

    id = "MZL001"
    slug = "column-declared"
    message = "{subject} declares the retired field {field}"
    hint = "Remove the column; if it has another meaning or is still needed, exempt it in [watch] of the policy."
    python_nodes = (ast.Call, ast.Assign, ast.AnnAssign)
    sql_nodes = ("CompositeTypeStmt", "CreateStmt", "CreateTableAsStmt", "SelectStmt", "ViewStmt")

    def check_python(self, node: ast.AST, context: PythonContext) -> Iterator[Hit]:
        """Check columns with an explicit name, and attributes of mapped classes."""
        if isinstance(node, ast.Call):
            yield from named_column(node, context, is_operation=False)
        elif context.scope.is_class_body and isinstance(node, ast.Assign | ast.AnnAssign):
            yield from _attribute(node, context)

    def check_sql(self, node: SqlNode, context: SqlContext) -> Iterator[Hit]:
        """Check the column names of the new relation."""
        match kind(node):
            case "CreateStmt":
                yield from _definitions(node.tableElts, table_ref(node.relation), context)
            case "CompositeTypeStmt":
                yield from _definitions(node.coldeflist, table_ref(node.typevar), context)
            case "ViewStmt":
                yield from _outputs(node.query, node.view, node.aliases, context)
            case "CreateTableAsStmt":
                yield from _outputs(node.query, node.into.rel, node.into.colNames, context)
            case "SelectStmt" if node.intoClause:
                yield from _outputs(node, node.intoClause.rel, node.intoClause.colNames, context)


def named_column(call: ast.Call, context: PythonContext, *, is_operation: bool) -> Iterator[Hit]:
    """Yield a hit for `Column("name", ...)`, either inside or outside an operation such as op.add_column."""
    if called(call) in COLUMN_CALLS and context.scope.is_operation == is_operation:
        name, table = argument(call, 0, "name"), context.scope.table
        if name and (field := context.vocabulary.retired(name, table)):
            yield context.hit(call, f"column {table.column(name)}", field)


def _attribute(node: ast.Assign | ast.AnnAssign, context: PythonContext) -> Iterator[Hit]:
    """Yield a hit for an attribute with a retired name, whether its column has the same name or another."""
    target = node.targets[0] if isinstance(node, ast.Assign) else node.target
    call = node.value
    if called(call) in _WRAPPERS and isinstance(call, ast.Call) and call.args:
        call = call.args[0]
    is_column = called(call) in COLUMN_CALLS
    is_mapped = isinstance(node, ast.AnnAssign) and _is_mapped(node.annotation) and not isinstance(call, ast.Call)
    if not isinstance(target, ast.Name) or not (is_column or is_mapped):
        return
    table, vocabulary = context.scope.table, context.vocabulary
    explicit = argument(call, 0, "name") if isinstance(call, ast.Call) else None
    if explicit and (vocabulary.retired(explicit, table) or vocabulary.is_kept(table, explicit)):
        return  # the column itself is a hit or is allowed
    if field := vocabulary.retired(target.id, table):
        yield context.hit(target, f"attribute {table.column(target.id)}", field)


def _is_mapped(annotation: ast.expr) -> bool:
    if isinstance(annotation, ast.Subscript):
        return last_name(annotation.value) == "Mapped"
    return (literal(annotation) or "").startswith(("Mapped[", "orm.Mapped["))


def _definitions(elements: SqlNode, table: TableRef, context: SqlContext) -> Iterator[Hit]:
    for element in elements or ():
        if kind(element) == "ColumnDef" and (field := context.vocabulary.retired(element.colname, table)):
            yield context.hit(element.location, f"column {table.column(element.colname)}", field)
        elif kind(element) == "TableLikeClause":
            yield from _copied(table_ref(element.relation), table, element.relation.location, context)


def _outputs(query: SqlNode, target: SqlNode, aliases: SqlNode, context: SqlContext) -> Iterator[Hit]:
    """Yield the retired output columns; an explicit column list replaces the first names of the query."""
    table = table_ref(target)
    renamed = [(alias.sval, target.location) for alias in aliases or ()]
    for name, location in renamed + list(output_columns(query))[len(renamed) :]:
        if field := context.vocabulary.retired(name, table):
            yield context.hit(location, f"column {table.column(name)}", field)
    if not renamed:
        for source, location in starred_tables(query):
            yield from _copied(source, table, location, context)


def _copied(source: TableRef, target: TableRef, location: int, context: SqlContext) -> Iterator[Hit]:
    """Yield one hit if a relation copies every column of a relation in which the policy retires a whole column."""
    for name, field in context.vocabulary.columns_of(source):
        if not context.vocabulary.is_kept(target, name):
            yield context.hit(location, f"{target.column(name)}, copied from {source.column(name)},", field)
            return


RULE = ColumnDeclared()
