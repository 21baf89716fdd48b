"""Parses a Python file, and walks its syntax tree with the table that each node refers to."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from minimize.lint.finding import Position
from minimize.lint.source import NotCheckedError, Source
from minimize.lint.vocabulary import UNKNOWN, TableRef

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What the code around a node determines: its table, and the kind of code."""

    table: TableRef = UNKNOWN
    is_class_body: bool = False
    is_operation: bool = False
    """Inside a call such as op.add_column, which changes a database."""

    batches: Mapping[str, TableRef] = field(default_factory=dict)
    """The table of each name that `with op.batch_alter_table(...) as name` binds."""


@dataclass(frozen=True)
class PythonModule:
    """A parsed Python file."""

    source: Source
    tree: ast.Module

    def walk(self) -> Iterator[tuple[ast.AST, Scope]]:
        """Yield every node with its scope in the order of the file, except the downgrade() of an Alembic revision.

        Iterative, so that deep nesting cannot exhaust the stack.
        """
        stack: list[tuple[ast.AST, Scope]] = [(self.tree, Scope())]
        while stack:
            node, scope = stack.pop()
            yield node, scope
            inner = _enter(node, scope)
            stack.extend(
                (child, inner) for child in reversed(list(ast.iter_child_nodes(node))) if child is not self._downgrade
            )

    def position(self, node: ast.AST) -> Position:
        """Return the start of a node; ast counts columns in bytes of UTF-8."""
        line = getattr(node, "lineno", 1)
        return Position(line, self.column(line, getattr(node, "col_offset", 0)))

    def column(self, line: int, byte_offset: int) -> int:
        """Return the column, from 1, of a byte of a line."""
        text = self.source.lines[line - 1]
        return 1 + (byte_offset if text.isascii() else len(text.encode()[:byte_offset].decode(errors="ignore")))

    @cached_property
    def constants(self) -> Mapping[str, ast.Constant]:
        """The string constants of the module by name, such as `SQL = "ALTER TABLE ..."`."""
        return {
            node.targets[0].id: node.value
            for node in self.tree.body
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
            if isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        }

    @cached_property
    def _downgrade(self) -> ast.AST | None:
        """The downgrade function of an Alembic revision: it only restores what existed before."""
        assigned = {name.id for node in self.tree.body for name in _targets(node) if isinstance(name, ast.Name)}
        if not {"revision", "down_revision"} <= assigned:
            return None
        functions = (node for node in self.tree.body if isinstance(node, Function))
        return next((node for node in functions if node.name == "downgrade"), None)


def parse_module(source: Source) -> PythonModule:
    """Parse a Python file.

    Raises:
        NotCheckedError: It does not parse, for example because it needs another version of Python.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # such as invalid escapes in the file
            return PythonModule(source, ast.parse(source.text))
    except SyntaxError as error:
        raise NotCheckedError("does not parse as Python", Position(error.lineno or 1, error.offset or 1)) from None
    except (ValueError, RecursionError, MemoryError):
        raise NotCheckedError("is nested too deeply, or contains what Python cannot parse") from None


def called(node: ast.AST | None) -> str:
    """Return the last part of the name of a called function: `Column` for sa.Column(...); empty if it is not a call."""
    return last_name(node.func) if isinstance(node, ast.Call) else ""


def last_name(node: ast.AST | None) -> str:
    """Return the last part of a dotted name; empty if it is not a name."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def argument(call: ast.Call, index: int | None, name: str) -> str | None:
    """Return an argument that is a string literal, by its position or its name."""
    if index is not None and index < len(call.args):
        return literal(call.args[index])
    return next((literal(keyword.value) for keyword in call.keywords if keyword.arg == name), None)


def literal(node: ast.AST | None) -> str | None:
    """Return the value of a string literal."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def is_none(node: ast.AST | None) -> bool:
    """Return whether this is the literal None, which carries no value."""
    return isinstance(node, ast.Constant) and node.value is None


def _enter(node: ast.AST, scope: Scope) -> Scope:
    """Return the scope of a node's children."""
    match node:
        case ast.ClassDef():
            return Scope(table=_table_of_class(node), is_class_body=True, batches=scope.batches)
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Lambda():
            return replace(scope, is_class_body=False)
        case ast.Call():
            return _enter_call(node, scope)
        case ast.With() | ast.AsyncWith():
            found = dict(pair for item in node.items for pair in _batch(item))
            return replace(scope, batches={**scope.batches, **found}) if found else scope
    return scope


def _enter_call(call: ast.Call, scope: Scope) -> Scope:
    match called(call):
        case "Table":
            return Scope(
                table=TableRef(argument(call, None, "schema"), argument(call, 0, "name")), batches=scope.batches
            )
        case "create_table":
            return Scope(table=_operand(call, "table_name"), is_operation=True, batches=scope.batches)
        case "add_column":
            return Scope(table=operand(call, scope), is_operation=True, batches=scope.batches)
    return scope


def operand(call: ast.Call, scope: Scope) -> TableRef:
    """Return the table that `op.add_column("table", ...)` or `batch_op.add_column(...)` changes."""
    assert isinstance(call.func, ast.Attribute | ast.Name)
    receiver = call.func.value if isinstance(call.func, ast.Attribute) else None
    batch = scope.batches.get(last_name(receiver))
    return batch if batch is not None else _operand(call, "table_name")


def _operand(call: ast.Call, name: str) -> TableRef:
    return TableRef(argument(call, None, "schema"), argument(call, 0, name))


def _batch(item: ast.withitem) -> Iterator[tuple[str, TableRef]]:
    if called(item.context_expr) == "batch_alter_table" and isinstance(item.optional_vars, ast.Name):
        assert isinstance(item.context_expr, ast.Call)
        yield item.optional_vars.id, _operand(item.context_expr, "table_name")


def _table_of_class(node: ast.ClassDef) -> TableRef:
    """Return the table of a mapped class, from literals in `__tablename__` and `__table_args__`."""
    values = {
        target.id: statement.value
        for statement in node.body
        if isinstance(statement, ast.Assign | ast.AnnAssign)
        for target in _targets(statement)
        if isinstance(target, ast.Name)
    }
    return TableRef(_schema_in(values.get("__table_args__")), literal(values.get("__tablename__")))


def _schema_in(node: ast.AST | None) -> str | None:
    if isinstance(node, ast.Tuple) and node.elts:
        node = node.elts[-1]
    if not isinstance(node, ast.Dict):
        return None
    return next((literal(v) for k, v in zip(node.keys, node.values, strict=True) if literal(k) == "schema"), None)


def _targets(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.Assign):
        return node.targets
    return [node.target] if isinstance(node, ast.AnnAssign) else []
