"""MZL005: a document is written with a retired member."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from minimize.lint.finding import Hit
from minimize.lint.python_module import is_none, literal
from minimize.lint.rule import PythonContext, Rule, SqlContext
from minimize.lint.sql_nodes import SqlNode, kind, parts, string, table_ref, walk_sql
from minimize.lint.sql_parser import keys_in_json
from minimize.lint.vocabulary import Vocabulary

_BUILDERS = frozenset({"json_build_object", "jsonb_build_object"})
_SETTERS = frozenset({"jsonb_insert", "jsonb_set", "jsonb_set_lax"})


class JsonKeyWritten(Rule):
    """Keys of dicts in Python and of JSON functions in SQL, spelled exactly as in the policy."""

    id = "MZL005"
    slug = "json-key-written"
    message = "{subject} writes the retired field {field} into a document"
    hint = "Remove the member; if the document is not stored in the database, ignore the finding with that reason."
    python_nodes = (ast.Call, ast.Dict, ast.Subscript)
    sql_nodes = ("RawStmt",)

    def check_python(self, node: ast.AST, context: PythonContext) -> Iterator[Hit]:
        """Check {"key": ...}, x["key"] = ..., x.setdefault("key", ...) and x.update(key=...)."""
        for key, place in _python_keys(node):
            if field := context.vocabulary.json_key(key):
                yield context.hit(place, f"key {key}", field)

    def check_sql(self, node: SqlNode, context: SqlContext) -> Iterator[Hit]:
        """Check the documents that a statement writes, except in columns that the policy keeps for exempt rows."""
        skip = frozenset(id(part) for part in _not_written(node, context.vocabulary))
        for part in walk_sql(node, skip):
            for key, location in _sql_keys(part, context):
                if field := context.vocabulary.json_key(key):
                    yield context.hit(location, f"key {key}", field)


def _python_keys(node: ast.AST) -> Iterator[tuple[str | None, ast.AST]]:
    match node:
        case ast.Dict():
            for key, value in zip(node.keys, node.values, strict=True):
                if key is not None and not is_none(value):
                    yield literal(key), key
        case ast.Subscript(ctx=ast.Store()):
            yield literal(node.slice), node
        case ast.Call(func=ast.Attribute(attr="setdefault"), args=[key, *_]):
            yield literal(key), key
        case ast.Call(func=ast.Attribute(attr="update")):
            yield from ((keyword.arg, keyword) for keyword in node.keywords if not is_none(keyword.value))


def _sql_keys(node: SqlNode, context: SqlContext) -> Iterator[tuple[str | None, int | None]]:
    match kind(node):
        case "FuncCall":
            yield from _call_keys(node)
        case "A_Const" if (text := string(node)) and context.vocabulary.mentions(text):
            yield from ((key, context.find(text)) for key in sorted(keys_in_json(text)))
        case "JsonKeyValue" if key := string(node.key):
            yield key, context.find(key)
        case "UpdateStmt":
            yield from _subscripts(node, context.vocabulary)


def _call_keys(call: SqlNode) -> Iterator[tuple[str | None, int | None]]:
    name = parts(call.funcname)[-1]
    arguments: SqlNode = call.args or ()
    if name in _BUILDERS:
        yield from ((string(key), call.location) for key in arguments[::2])
    elif name in _SETTERS and len(arguments) > 1:
        path = arguments[1]
        if text := string(path):
            yield text.strip("{}").split(",")[-1].strip().strip('"'), call.location
        while kind(path) == "TypeCast":
            path = path.arg
        if kind(path) == "A_ArrayExpr" and path.elements:
            yield string(path.elements[-1]), call.location


def _subscripts(update: SqlNode, vocabulary: Vocabulary) -> Iterator[tuple[str | None, int | None]]:
    """Yield the keys in `SET document['key'] = ...`."""
    for target in update.targetList:
        if target.indirection and not vocabulary.is_kept(table_ref(update.relation), target.name):
            yield from ((string(i.uidx), target.location) for i in target.indirection if kind(i) == "A_Indices")


def _not_written(root: SqlNode, vocabulary: Vocabulary) -> Iterator[SqlNode]:
    """Yield the parts of a statement that only read, or that write to a column that may keep the field."""
    for node in walk_sql(root):
        match kind(node):
            case "A_Expr" if parts(node.name)[-1] != "||":
                yield node
            case "DeleteStmt" | "SelectStmt" | "UpdateStmt" if node.whereClause:
                yield node.whereClause
            case "JoinExpr" if node.quals:
                yield node.quals
        if kind(node) in {"InsertStmt", "UpdateStmt"}:
            yield from _kept_values(node, vocabulary)


def _kept_values(node: SqlNode, vocabulary: Vocabulary) -> Iterator[SqlNode]:
    table = table_ref(node.relation)
    conflict = node.onConflictClause if kind(node) == "InsertStmt" else None
    assigned = (conflict.targetList if conflict else None) if kind(node) == "InsertStmt" else node.targetList
    yield from (target.val for target in assigned or () if vocabulary.is_kept(table, target.name))
    if kind(node) == "InsertStmt" and node.cols and node.selectStmt:
        rows = (*(node.selectStmt.valuesLists or ()), tuple(t.val for t in node.selectStmt.targetList or ()))
        for row in rows:
            yield from (
                value for column, value in zip(node.cols, row, strict=False) if vocabulary.is_kept(table, column.name)
            )


RULE = JsonKeyWritten()
