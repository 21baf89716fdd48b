"""Makes up a text that a PostgreSQL regular expression matches."""

from __future__ import annotations

import re
from collections.abc import Callable
from string import ascii_letters, digits, punctuation

_LETTER = "x"
_CANDIDATES = _LETTER + ascii_letters + digits + " " + punctuation + "\n\té"

_CLASSES = {"d": digits, "w": ascii_letters + digits + "_", "s": " \t\n"}
_NAMED = {
    "alpha": str.isalpha,
    "alnum": str.isalnum,
    "digit": str.isdigit,
    "lower": str.islower,
    "punct": lambda c: c in punctuation,
    "space": str.isspace,
    "upper": str.isupper,
    "xdigit": lambda c: c in "0123456789abcdefABCDEF",
}
_CONTROLS = {"a": "\a", "b": "\b", "B": "\\", "e": "\033", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_CONSTRAINTS = "AmMyYZ"
_OPTIONS = re.compile(r"(?:\*\*\*:)?(?:\(\?([a-z]+)\))?")
_QUANTIFIER = re.compile(r"(?:[*+?]|\{(\d+)(?:,\d*)?\})\??")
_LOOKAROUND = re.compile(r"\?<?[=!]")
_NAMED_CLASS = re.compile(r"\[:(\w+):\]")
_CODE = re.compile(r"x([0-9a-fA-F]+)|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})")

_Accepts = Callable[[str], bool]


class _NotSupportedError(Exception):
    """The pattern uses a construct for which no text is made up."""


def make_sample(pattern: str) -> str | None:
    """Return a text that should match an advanced regular expression (ARE) of PostgreSQL.

    It takes the first alternative of each group and one repetition where possible. It ignores lookaround and word
    boundaries, so the text may fail to match: the caller must check it on the server.

    Returns:
        The text; None if the pattern has options or constructs that are not supported.
    """
    if pattern.startswith("***="):
        return pattern[4:]
    options = _OPTIONS.match(pattern)
    if options is None or set(options[1] or "") - set("cimnpst"):
        return None
    try:
        parser = _Parser(pattern[options.end() :])
        text = parser.read_alternatives()
    except (_NotSupportedError, IndexError):
        return None
    return text if parser.is_at_end else None


class _Parser:
    """Reads a pattern from left to right and makes up text for each part."""

    def __init__(self, pattern: str) -> None:
        self._pattern, self._position = pattern, 0
        self._groups: list[str] = []

    @property
    def is_at_end(self) -> bool:
        return self._position == len(self._pattern)

    def read_alternatives(self) -> str:
        """Read up to the end of the group; return text for the first alternative."""
        first = self._read_branch()
        while self._peek() == "|":
            self._position += 1
            self._read_branch()
        return first

    def _read_branch(self) -> str:
        text = ""
        while self._peek() not in ("", "|", ")"):
            atom = self._read_atom()
            text += atom * self._read_repetitions()
        return text

    def _read_repetitions(self) -> int:
        quantifier = _QUANTIFIER.match(self._pattern, self._position)
        if quantifier is None:
            return 1
        self._position = quantifier.end()
        return max(1, int(quantifier[1] or 1))

    def _read_atom(self) -> str:
        character = self._next()
        if character == "(":
            return self._read_group()
        if character == "[":
            return self._read_set()
        if character == "\\":
            return self._read_escape()
        if character in "*+?":
            raise _NotSupportedError
        return {"^": "", "$": "", ".": _LETTER}.get(character, character)

    def _read_group(self) -> str:
        is_lookaround = _LOOKAROUND.match(self._pattern, self._position)
        is_capturing = self._peek() != "?"
        if is_lookaround:
            self._position = is_lookaround.end()
        elif not is_capturing:
            if not self._pattern.startswith("?:", self._position):
                raise _NotSupportedError
            self._position += 2
        number = len(self._groups)
        if is_capturing:
            self._groups.append("")
        text = self.read_alternatives()
        if self._next() != ")":
            raise _NotSupportedError
        if is_capturing:
            self._groups[number] = text
        return "" if is_lookaround else text

    def _read_escape(self) -> str:
        code = _CODE.match(self._pattern, self._position)
        if code:
            self._position = code.end()
            return chr(int(code[1] or code[2] or code[3], 16))
        character = self._next()
        if character.lower() in _CLASSES:
            return _first(_class_of(character))
        if character in _CONSTRAINTS:
            return ""
        if character in digits:
            return self._groups[int(character) - 1]
        if character in _CONTROLS:
            return _CONTROLS[character]
        if character.isalnum():
            raise _NotSupportedError
        return character

    def _read_set(self) -> str:
        is_negated = self._peek() == "^"
        self._position += is_negated
        accepts: list[_Accepts] = []
        while self._peek() != "]" or not accepts:
            accepts.append(self._read_set_item())
        self._position += 1
        return _first(lambda c: any(each(c) for each in accepts) is not is_negated)

    def _read_set_item(self) -> _Accepts:
        named = _NAMED_CLASS.match(self._pattern, self._position)
        if named:
            self._position = named.end()
            if named[1] not in _NAMED:
                raise _NotSupportedError
            return _NAMED[named[1]]
        low = self._next()
        if low == "[" and self._peek() in (".", "="):
            raise _NotSupportedError
        if low == "\\":
            if self._peek().lower() in _CLASSES:
                return _class_of(self._next())
            low = self._read_escape()
        if self._peek() != "-" or self._pattern[self._position + 1] == "]":
            return lambda c: c == low
        self._position += 1
        high = self._next()
        high = self._read_escape() if high == "\\" else high
        return lambda c: low <= c <= high

    def _peek(self) -> str:
        return self._pattern[self._position : self._position + 1]

    def _next(self) -> str:
        character = self._pattern[self._position]
        self._position += 1
        return character


def _class_of(letter: str) -> _Accepts:
    characters = _CLASSES[letter.lower()]
    return lambda c: (c in characters) is letter.islower()


def _first(accepts: _Accepts) -> str:
    for character in _CANDIDATES:
        if accepts(character):
            return character
    raise _NotSupportedError
