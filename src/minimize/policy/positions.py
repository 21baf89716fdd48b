"""The line of each key in a TOML text."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import tree_sitter_toml
from tree_sitter import Language, Node, Parser

if TYPE_CHECKING:
    from collections.abc import Iterator

    from minimize.policy.mistakes import KeyPath

_TOML = Language(tree_sitter_toml.language())


class Positions:
    """The lines of the keys of one TOML text.

    The text must be valid TOML. Keys that the grammar does not understand are reported at the line of the table around
    them.
    """

    def __init__(self, text: str) -> None:
        """Read the whole text once."""
        self._lines: dict[KeyPath, int] = {(): 1}
        self._lengths: dict[KeyPath, int] = {}
        self._read_document(Parser(_TOML).parse(text.encode()).root_node)

    def line(self, path: KeyPath) -> int:
        """Return the line of the key, counted from 1; if the key is absent, the line of the closest table around it."""
        while path not in self._lines:
            path = path[:-1]
        return self._lines[path]

    def _read_document(self, root: Node) -> None:
        for node in root.named_children:
            if node.type == "pair":
                self._read_pair(node, ())
            elif node.type in {"table", "table_array_element"}:
                self._read_table(node)

    def _read_table(self, node: Node) -> None:
        header, *pairs = (child for child in node.named_children if child.type != "comment")
        path = self._mark((), header)
        if node.type == "table_array_element":
            index = self._lengths.get(path, 0)
            self._lengths[path] = index + 1
            path = (*path, index)
        self._lines[path] = _line(node)
        for pair in pairs:
            if pair.type == "pair":
                self._read_pair(pair, path)

    def _read_pair(self, node: Node, base: KeyPath) -> None:
        key, *values = (child for child in node.named_children if child.type != "comment")
        path = self._mark(base, key)
        for value in values:
            self._read_value(value, path)

    def _read_value(self, node: Node, path: KeyPath) -> None:
        if node.type == "inline_table":
            for pair in node.named_children:
                if pair.type == "pair":
                    self._read_pair(pair, path)
        elif node.type == "array":
            items = [child for child in node.named_children if child.type != "comment"]
            for index, item in enumerate(items):
                self._lines[(*path, index)] = _line(item)
                self._read_value(item, (*path, index))

    def _mark(self, base: KeyPath, key: Node) -> KeyPath:
        """Record the line of a key and of the tables that its dots imply; return the path of the key."""
        path = base
        for name in _names(key):
            # After an array of tables, a header continues inside the last element.
            if path in self._lengths:
                path = (*path, self._lengths[path] - 1)
            path = (*path, name)
            self._lines.setdefault(path, _line(key))
        return path


def _names(key: Node) -> Iterator[str]:
    # The grammar nests a dotted key to the left, once for each dot, so recursion could exceed the stack.
    pending = [key]
    while pending:
        node = pending.pop()
        if node.type == "dotted_key":
            pending.extend(reversed(node.named_children))
        elif node.type == "quoted_key":
            yield str(tomllib.loads(f"key = {_source(node)}")["key"])
        else:
            yield _source(node)


def _source(node: Node) -> str:
    return (node.text or b"").decode()


def _line(node: Node) -> int:
    return node.start_point.row + 1
