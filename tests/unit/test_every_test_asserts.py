"""Each test asserts something: itself, or through a function of the tests that does."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).parents[1]
ASSERTING = {"raises", "warns", "fail", "assert_outcomes", "assert_rejected", "fnmatch_lines", "no_fnmatch_line"}
"""Functions of pytest, its `pytester` and our plugin that fail a test."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(source: str) -> Iterator[tuple[str, Function]]:
    """Yield each function of a module with the name by which it is called: `name`, or `.name` for a method."""
    tree = ast.parse(source)
    methods = {id(child) for node in ast.walk(tree) if isinstance(node, ast.ClassDef) for child in node.body}
    for node in ast.walk(tree):
        if isinstance(node, Function):
            yield ("." if id(node) in methods else "") + node.name, node


def asserts(function: Function, asserting: set[str]) -> bool:
    """Return whether a function contains an assert, or a call of a function that asserts."""
    return any(
        isinstance(node, ast.Assert) or (isinstance(node, ast.Call) and called(node) & (asserting | ASSERTING))
        for node in ast.walk(function)
    )


def called(call: ast.Call) -> set[str]:
    """Return the names under which the called function may be known."""
    if isinstance(call.func, ast.Name):
        return {call.func.id}
    if isinstance(call.func, ast.Attribute):
        return {f".{call.func.attr}"} | ({call.func.attr} & ASSERTING)
    return set()


def without_assertion(sources: dict[str, str]) -> list[str]:
    """Return `file:line name` of each test that asserts nothing."""
    defined = [(name, *function) for name, source in sources.items() for function in functions(source)]
    asserting: set[str] = set()
    while found := {
        known_as for _, known_as, node in defined if known_as not in asserting and asserts(node, asserting)
    }:
        asserting |= found
    return [
        f"{name}:{node.lineno} {node.name}"
        for name, _, node in defined
        if node.name.startswith("test_") and not asserts(node, asserting)
    ]


def test_each_test_asserts() -> None:
    """A test without an assertion passes whatever the code does."""
    sources = {str(path.relative_to(TESTS)): path.read_text(encoding="utf-8") for path in TESTS.rglob("*.py")}
    assert without_assertion(sources) == []


def test_a_test_without_an_assertion_is_found() -> None:
    """A call counts only if the function that is called asserts, directly or through another."""
    source = "def a(): assert 1\ndef b(): a()\ndef c(): pass\ndef test_good(): b()\ndef test_bad(): c()\n"
    assert without_assertion({"test_x.py": source}) == ["test_x.py:5 test_bad"]
