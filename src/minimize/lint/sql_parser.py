"""Calls PostgreSQL's parser in pglast, an optional package: it is under the GPL, so only the extra `lint` has it."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib import import_module
from typing import Any, TypeVar

from minimize.lint.source import NotCheckedError
from minimize.lint.sql_nodes import SqlNode

MAX_LENGTH = 500_000
"""Maximum characters of one parse: pglast builds its tree recursively, and a stack overflow terminates Python."""

STACK_BYTES = 512 * 1024 * 1024
"""Address space, not memory: twice what the deepest tree of MAX_LENGTH characters needs."""

T = TypeVar("T")


class NoParserError(NotCheckedError):
    """pglast is not installed."""


def run_with_deep_stack(function: Callable[[], T]) -> T:
    """Run a function in a thread with a stack that the parser cannot exhaust; return its result or raise its error."""
    outcome: list[T] = []
    failure: list[BaseException] = []

    def target() -> None:
        try:
            outcome.append(function())
        except BaseException as error:  # noqa: BLE001  # raised again below, in the caller's thread
            failure.append(error)

    before = threading.stack_size(STACK_BYTES)
    try:
        thread = threading.Thread(target=target, name="minimize-lint")
        thread.start()
    finally:
        threading.stack_size(before)
    thread.join()
    if failure:
        raise failure[0]
    return outcome[0]


def parse_statements(text: str) -> tuple[SqlNode, ...]:
    """Parse statements into RawStmt nodes, whose locations count characters.

    Raises:
        NoParserError: The parser is not installed.
        NotCheckedError: The text is too long, or does not parse.
    """
    parser = _pglast()
    if len(text) > MAX_LENGTH:
        raise NotCheckedError("contains a statement that is too long to parse")
    try:
        return tuple(parser.parse_sql(text))
    except (parser.parser.ParseError, ValueError, RecursionError, MemoryError):
        # The message of the parser quotes the text, which may contain values.
        raise NotCheckedError("does not parse as PostgreSQL") from None


def split_statements(text: str) -> tuple[slice, ...]:
    """Return the slice of each statement. Only the scanner is used, so that the other statements can still be parsed.

    Raises:
        NoParserError: The parser is not installed.
        NotCheckedError: A literal or a comment is not terminated.
    """
    parser = _pglast()
    try:
        return tuple(parser.split(text, with_parser=False, only_slices=True))
    except (parser.parser.ParseError, ValueError, IndexError, MemoryError):
        raise NotCheckedError("has an unterminated literal or comment") from None


def routine_queries(statement: str) -> Iterator[tuple[str, bool]]:
    """Yield each SQL text in a PL/pgSQL function or DO block, in order, and whether it is a complete statement.

    Raises:
        NotCheckedError: The body does not parse as PL/pgSQL.
    """
    parser = _pglast()
    try:
        tree = parser.parse_plpgsql(statement)
    except (parser.parser.ParseError, ValueError, RecursionError, MemoryError):
        raise NotCheckedError("has a PL/pgSQL body that does not parse") from None
    yield from _queries(tree)


def _queries(tree: object) -> Iterator[tuple[str, bool]]:
    stack = [tree]
    while stack:
        node = stack.pop()
        if isinstance(node, list):
            stack.extend(reversed(node))
        elif isinstance(node, Mapping):
            if isinstance(query := node.get("query"), str):
                yield query, node.get("parseMode") == 0
            stack.extend(reversed(list(node.values())))


@cache
def has_parser() -> bool:
    """Return whether the parser is installed."""
    try:
        _pglast()
    except NoParserError:
        return False
    return True


@cache
def _pglast() -> Any:  # noqa: ANN401  # optional, so its types cannot be imported
    try:
        return import_module("pglast")
    except ImportError:
        raise NoParserError("needs PostgreSQL's parser: pip install 'minimize[lint]' (pglast, under the GPL)") from None


def keys_in_json(text: str) -> frozenset[str]:
    """Return the member names at any depth of a JSON document; none if the text is not JSON."""
    if not text.lstrip().startswith(("{", "[")):
        return frozenset()
    names: set[str] = set()
    try:
        json.loads(text, object_pairs_hook=lambda pairs: names.update(n for n, v in pairs if v is not None))
    except (ValueError, RecursionError):
        return frozenset()
    return frozenset(names)
