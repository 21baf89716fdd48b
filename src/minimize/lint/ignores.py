"""Finds the comments that ignore a finding: `minimize: ignore[MZL003] the reason`."""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Container, Iterator
from dataclasses import dataclass

from minimize.lint.finding import Hit, Position
from minimize.lint.source import Source

_MARK = "minimize:"
_SQL_COMMENT = re.compile(r"--[^\n]*")
_IGNORE = re.compile(
    r"(?:#|--)\s*minimize:\s*ignore(?P<file>-file)?\s*(?:\[(?P<rules>[^\]]*)\])?[\s:,;-]*(?P<reason>.*)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ignore:
    """One comment: the rules that it ignores, the line, and the reason."""

    position: Position
    rules: tuple[str, ...]
    reason: str
    line: int | None
    """The line that it applies to; None for the whole file."""

    @property
    def is_valid(self) -> bool:
        """Whether it names rules and gives a reason; otherwise it has no effect."""
        return bool(self.rules) and any(character.isalnum() for character in self.reason)

    def covers(self, rule: str, hit: Hit) -> bool:
        """Return whether it applies to a hit: on its line, or on the last line of the literal that contains it."""
        return self.is_valid and rule in self.rules and self.line in (None, hit.position.line, hit.last_line)

    def unused(self, used: Container[tuple[Ignore, str]], active: Container[str], known: Container[str]) -> list[str]:
        """Return the rules without a match. A known rule that did not run is not included."""
        return [rule for rule in self.rules if (self, rule) not in used and (rule in active or rule not in known)]


def find_ignores(source: Source) -> tuple[Ignore, ...]:
    """Return the ignore comments of a file, in order.

    A comment on its own line applies to the next line that is not a comment.
    """
    if _MARK not in source.text:
        return ()
    return tuple(
        Ignore(
            position=position,
            rules=tuple(rule.strip() for rule in (match["rules"] or "").split(",") if rule.strip()),
            reason=match["reason"].strip(),
            line=None if match["file"] else _line(source, position),
        )
        for position, text in _comments(source)
        if (match := _IGNORE.match(text))
    )


def _comments(source: Source) -> Iterator[tuple[Position, str]]:
    """Yield the comments; in Python also SQL comments, which may be inside literals."""
    if source.is_python:
        try:
            for token in tokenize.generate_tokens(io.StringIO(source.text).readline):
                if token.type == tokenize.COMMENT:
                    yield Position(token.start[0], token.start[1] + 1), token.string
        except (tokenize.TokenError, SyntaxError):
            pass  # the rest of the file is not Python
    for match in _SQL_COMMENT.finditer(source.text):
        if _MARK in match[0]:
            yield source.position(match.start()), match[0]


def _line(source: Source, position: Position) -> int:
    if source.lines[position.line - 1][: position.column - 1].strip():
        return position.line
    for number in range(position.line, len(source.lines)):
        text = source.lines[number].strip()
        if text and not text.startswith(("#", "--")):
            return number + 1
    return position.line
