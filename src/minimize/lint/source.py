"""Reads a file as text, and converts between offsets and positions."""

from __future__ import annotations

import io
import stat
import tokenize
from bisect import bisect_right
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from minimize.lint.finding import Position

MAX_BYTES = 16 * 1024 * 1024
"""A larger file is a dump or generated, and is not checked."""

PYTHON_SUFFIXES = frozenset({".py", ".pyi"})
SQL_SUFFIXES = frozenset({".sql", ".psql", ".pgsql", ".ddl"})


class NotCheckedError(Exception):
    """A file, or a part of it, cannot be checked; the message completes the sentence `… because it`."""

    def __init__(self, why: str, position: Position = Position(1, 1)) -> None:  # noqa: B008  # it is immutable
        super().__init__(why)
        self.why = why
        self.position = position


@dataclass(frozen=True)
class Source:
    """The text of one file, with LF as the only line end."""

    path: Path
    text: str

    @property
    def is_python(self) -> bool:
        """Whether it is Python; otherwise it is SQL."""
        return self.path.suffix.lower() in PYTHON_SUFFIXES

    @property
    def is_reverse(self) -> bool:
        """Whether it is a SQL downgrade script, by its name: downgrade.sql, down.sql or *.down.sql."""
        name = self.path.name.lower()
        return name in {"downgrade.sql", "down.sql"} or name.endswith(".down.sql")

    @cached_property
    def lines(self) -> list[str]:
        """The lines, as ast and PostgreSQL count them."""
        return self.text.split("\n")

    @cached_property
    def _starts(self) -> list[int]:
        starts, offset = [], 0
        for line in self.lines:
            starts.append(offset)
            offset += len(line) + 1
        return starts

    def position(self, offset: int) -> Position:
        """Return the position of a character."""
        line = bisect_right(self._starts, offset)
        return Position(line, offset - self._starts[line - 1] + 1)

    def offset(self, position: Position) -> int:
        """Return the index of the character at a line and column."""
        return self._starts[position.line - 1] + position.column - 1


def read_source(path: Path) -> Source:
    """Read and decode a file.

    Raises:
        NotCheckedError: It is too large, cannot be read or decoded, or is neither Python nor SQL.
    """
    if path.suffix.lower() not in PYTHON_SUFFIXES | SQL_SUFFIXES:
        raise NotCheckedError("is neither Python nor SQL by its name")
    try:
        facts = path.stat()
        if not stat.S_ISREG(facts.st_mode):
            raise NotCheckedError("is not a regular file")
        if facts.st_size > MAX_BYTES:
            raise NotCheckedError(f"is larger than {MAX_BYTES // 1024 // 1024} MiB")
        raw = path.read_bytes()
    except OSError as error:
        raise NotCheckedError(f"cannot be read ({error.strerror})") from None
    try:
        text = raw.decode(_encoding(path, raw))
    except (UnicodeDecodeError, LookupError, SyntaxError):
        raise NotCheckedError("is not text in UTF-8 or in the encoding that it declares") from None
    if "\0" in text:
        raise NotCheckedError("contains NUL characters")
    return Source(path, text.replace("\r\n", "\n").replace("\r", "\n"))


def _encoding(path: Path, raw: bytes) -> str:
    if raw.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return "utf-16"
    if path.suffix.lower() in PYTHON_SUFFIXES:
        return tokenize.detect_encoding(io.BytesIO(raw).readline)[0]
    return "utf-8-sig"
