"""Walks the parse tree of pglast, and reads the parts that rules need."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Any, TypeAlias

from minimize.lint.vocabulary import UNKNOWN, TableRef

SqlNode: TypeAlias = Any
"""A pglast.ast.Node; pglast is optional, so its types cannot be imported."""


def kind(node: object) -> str:
    """Return the name of a node's class, such as InsertStmt."""
    return type(node).__name__


def walk_sql(root: SqlNode, skip: Container[int] = ()) -> Iterator[SqlNode]:
    """Yield a node and its descendants in the order of the tree, without the subtrees whose root has an id() in `skip`.

    Iterative, so that deep nesting cannot exhaust the stack.
    """
    stack = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, tuple):
            stack.extend(reversed(node))
        elif id(node) not in skip and isinstance(slots := getattr(type(node), "__slots__", None), dict):
            yield node
            values = [getattr(node, name) for name in slots]
            stack.extend(value for value in reversed(values) if value is not None)


def table_ref(range_var: SqlNode) -> TableRef:
    """Return the table that a RangeVar names."""
    return UNKNOWN if range_var is None else TableRef(range_var.schemaname, range_var.relname)


def parts(names: SqlNode) -> tuple[str, ...]:
    """Return the parts of a qualified name: a String, or a tuple of them."""
    return tuple(part.sval for part in names if kind(part) == "String") if isinstance(names, tuple) else (names.sval,)


def string(node: SqlNode) -> str | None:
    """Return the value of a string constant, also below casts."""
    while kind(node) == "TypeCast":
        node = node.arg
    if kind(node) == "A_Const" and kind(node.val) == "String":
        value: str = node.val.sval
        return value
    return None


def is_empty(node: SqlNode) -> bool:
    """Return whether an assigned value is NULL or DEFAULT, which carries no value."""
    return kind(node) == "SetToDefault" or (kind(node) == "A_Const" and node.isnull)


def output_columns(query: SqlNode) -> Iterator[tuple[str, int]]:
    """Yield name and location of each named output column of a SELECT, as PostgreSQL names them."""
    while kind(query) == "SelectStmt" and query.larg is not None:
        query = query.larg  # a set operation uses the names of its first part
    if kind(query) == "SelectStmt":
        for target in query.targetList or ():
            if name := target.name or _implied_name(target.val):
                yield name, target.location


def starred_tables(query: SqlNode) -> Iterator[tuple[TableRef, int]]:
    """Yield the tables of which a SELECT returns every column, with the location of the star."""
    while kind(query) == "SelectStmt" and query.larg is not None:
        query = query.larg
    if kind(query) != "SelectStmt":
        return
    for target in query.targetList or ():
        if kind(target.val) == "ColumnRef" and kind(target.val.fields[-1]) == "A_Star":
            prefix = parts(target.val.fields[:-1])
            for source in _from_tables(query.fromClause):
                alias = source.alias.aliasname if source.alias else source.relname
                if not prefix or prefix[-1] == alias:
                    yield table_ref(source), target.location


def _from_tables(items: SqlNode) -> Iterator[SqlNode]:
    """Yield the RangeVars of a FROM clause, without those of its subqueries."""
    stack = list(items or ())
    while stack:
        item = stack.pop()
        if kind(item) == "RangeVar":
            yield item
        elif kind(item) == "JoinExpr":
            stack.extend((item.larg, item.rarg))


def _implied_name(value: SqlNode) -> str | None:
    while kind(value) in {"TypeCast", "CollateClause"}:
        value = value.arg
    match kind(value):
        case "ColumnRef":
            names = parts(value.fields)
            return names[-1] if kind(value.fields[-1]) == "String" else None
        case "A_Indirection":
            fields = [part.sval for part in value.indirection if kind(part) == "String"]
            return fields[-1] if fields else None
        case "SubLink" if value.subLinkType.name == "EXPR_SUBLINK":
            return next((name for name, _ in output_columns(value.subselect)), None)
    return None
