"""Finds SQL in the literals of a Python file: the arguments of op.execute, text, DDL and similar functions."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from bisect import bisect_right
from collections.abc import Callable, Iterator

from minimize.lint.finding import Position
from minimize.lint.python_module import PythonModule, called
from minimize.lint.sql_script import LOOKS_LIKE_SQL, SqlScript
from minimize.lint.vocabulary import Vocabulary

SQL_CALLS = frozenset(
    {
        "DDL",
        "SQL",
        "copy",
        "exec_driver_sql",
        "execute",
        "executemany",
        "fetch",
        "fetchall",
        "fetchrow",
        "fetchval",
        "text",
    }
)
"""Functions, by the last part of their name, whose first argument is SQL if it starts like SQL."""

_BIND = re.compile(r"%%|%s|%\(\w+\)s|(?<![:\w]):[A-Za-z_]\w*")
_BRACES = re.compile(r"\{\w*\}")


def sql_in(module: PythonModule, node: ast.AST, vocabulary: Vocabulary) -> Iterator[SqlScript]:
    """Yield the SQL in the first argument of a call, a literal or the name of a constant of the module.

    The placeholders of an f-string are replaced by a name.
    """
    name = called(node)
    if name not in SQL_CALLS:
        return
    assert isinstance(node, ast.Call)
    argument = node.args[0] if node.args else None
    if isinstance(argument, ast.Name):
        argument = module.constants.get(argument.id)
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        text, locate = argument.value, _locator(module, argument)
    elif isinstance(argument, ast.JoinedStr):
        text, locate = _template(argument), _constant(module.position(argument))
    else:
        return
    if LOOKS_LIKE_SQL.match(text) and vocabulary.mentions(text):
        is_template = name == "SQL"  # psycopg.sql.SQL, which may be a part of a statement
        yield SqlScript(
            text=_without_binds(text, has_braces=is_template),
            position=locate,
            last_line=argument.end_lineno,
            is_template=is_template,
        )


def _template(node: ast.JoinedStr) -> str:
    """Return the text of an f-string, with a name in place of each placeholder."""
    return "".join(
        part.value if isinstance(part, ast.Constant) and isinstance(part.value, str) else "_" for part in node.values
    )


def _without_binds(text: str, *, has_braces: bool) -> str:
    """Replace driver placeholders by a parameter and psycopg.sql braces by a name, each of the same length."""
    text = _BIND.sub(lambda match: "% " if match[0] == "%%" else "$1".ljust(len(match[0])), text)
    return _BRACES.sub(lambda match: "_" * len(match[0]), text) if has_braces else text


def _constant(position: Position) -> Callable[[int], Position]:
    return lambda _offset: position


def _locator(module: PythonModule, node: ast.Constant) -> Callable[[int], Position]:
    """Return the function that maps an offset in the value of a literal to a position in the file.

    The position is exact in parts without escapes; in other parts it is the start of the part.
    """
    start = module.source.offset(module.position(node))
    assert node.end_lineno is not None
    assert node.end_col_offset is not None
    end_column = module.column(node.end_lineno, node.end_col_offset)
    end = module.source.offset(Position(node.end_lineno, end_column))
    pieces = list(_pieces(module.source.text[start:end]))
    if sum(length for _, length, _ in pieces) != len(str(node.value)):
        return _constant(module.position(node))
    starts, total = [], 0
    for _, length, _ in pieces:
        starts.append(total)
        total += length

    def locate(offset: int) -> Position:
        index = max(bisect_right(starts, offset) - 1, 0)
        begin, _, is_exact = pieces[index]
        return module.source.position(start + begin + (offset - starts[index] if is_exact else 0))

    return locate


def _pieces(segment: str) -> Iterator[tuple[int, int, bool]]:
    """Yield, for each string token of a literal, the start of its value, its length, and whether it has no escapes."""
    lines = segment.split("\n")
    try:
        # In parentheses, so that parts on several lines are one expression. They shift the first line by one column.
        tokens = [
            t for t in tokenize.generate_tokens(io.StringIO(f"({segment})").readline) if t.type == tokenize.STRING
        ]
        for token in tokens:
            row, column = token.start[0] - 1, token.start[1] - (token.start[0] == 1)
            begin = sum(len(line) + 1 for line in lines[:row]) + column
            value = ast.literal_eval(token.string)
            if isinstance(value, str):
                prefix = re.match(r"[a-zA-Z]*(?:\"\"\"|'''|\"|')", token.string)
                opening = len(prefix[0]) if prefix else 0
                yield begin + opening, len(value), token.string[opening : opening + len(value)] == value
    except (tokenize.TokenError, SyntaxError, ValueError):
        return
