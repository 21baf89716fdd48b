"""The Python that pages show compiles, imports what there is, and calls operations as they are."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from importlib import import_module
from typing import Any

import pytest
from alembic.operations import ops

import minimize.migrate
from tests.markdown import DOCS, ROOT, fenced_blocks, pages, read, section, table_rows

BLOCKS = [
    pytest.param(block, id=f"{page.stem}-{number}")
    for page in pages()
    for number, block in enumerate(fenced_blocks(read(page), "python"))
]
OPERATIONS: dict[str, Any] = {
    "guard_field": minimize.migrate.GuardFieldOp.guard_field,
    "unguard_field": minimize.migrate.UnguardFieldOp.unguard_field,
    "drop_field": minimize.migrate.DropFieldOp.drop_field,
    "restore_field": minimize.migrate.RestoreFieldOp.restore_field,
}


def test_every_operation_is_known_here() -> None:
    """An operation that is added has to be added to the checks of its page."""
    exported = {name for name in minimize.migrate.__all__ if name.endswith("Op")}
    assert {each.__self__.__name__ for each in OPERATIONS.values()} == exported


@pytest.mark.parametrize("block", BLOCKS)
def test_a_block_compiles_and_imports_what_there_is(block: str) -> None:
    """A copied block raises no SyntaxError, and no ImportError or TypeError because of a name of ours."""
    tree = ast.parse(textwrap.dedent(block))
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("minimize"):
            module = import_module(node.module)
            assert [alias.name for alias in node.names if not hasattr(module, alias.name)] == []
        elif isinstance(node, ast.Import):
            for alias in node.names:
                import_module(alias.name)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in OPERATIONS:
            parameters = inspect.signature(OPERATIONS[node.func.attr])
            named: dict[str, object] = {keyword.arg: None for keyword in node.keywords if keyword.arg}
            parameters.bind(None, *node.args, **named)


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_is_documented_with_its_arguments_and_its_reverse(name: str) -> None:
    """The page has a section for each operation, a row for each argument, and the reverse that the code has."""
    page = read(DOCS / "alembic.md")
    arguments = [
        each.name
        for each in inspect.signature(OPERATIONS[name]).parameters.values()
        if each.kind is not each.VAR_KEYWORD and each.name != "operations"
    ]
    # The reverse of op.restore_field is of another file; the table at the top names it.
    assert [row[0].strip("`") for row in table_rows(section(page, f"op.{name}"))][: len(arguments)] == arguments
    assert issubclass(OPERATIONS[name].__self__, ops.MigrateOperation)
    (row,) = [row for row in table_rows(page) if row[0].startswith(f"[`op.{name}`]")]
    reverse = OPERATIONS[name].__self__("field", **({"types": {}} if name == "restore_field" else {})).reverse()
    assert row[2] == f"`op.{_name_of(reverse)}`"


def test_every_setting_of_alembic_is_documented() -> None:
    """The page names the settings that the operations read from alembic.ini, and no others."""
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src/minimize/migrate").rglob("*.py"))
    settings = set(re.findall(r'"(minimize_[a-z_]+)"', code))
    assert settings == set(re.findall(r"minimize_[a-z_]+", read(DOCS / "alembic.md")))
    assert len(settings) == 3


def _name_of(operation: ops.MigrateOperation) -> str:
    return next(name for name, each in OPERATIONS.items() if isinstance(operation, each.__self__))
