"""A mistake in a policy, without file and line: the key, the mistake, and the remedy."""

from __future__ import annotations

import difflib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

KeyPath = tuple[str | int, ...]
"""Keys and array indexes from the root of the file, such as `("field", 0, "location", 2)`."""

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake in a policy, and its key."""

    path: KeyPath
    what: str
    hint: str


def format_path(path: KeyPath) -> str:
    """Return the path as messages show it: `field[0].location[2].column`, counted from 0."""
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        else:
            text += ("." if text else "") + (step if _BARE_KEY.fullmatch(step) else _quote(step))
    return text


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a sentence that suggests the closest known word, with a space after it; empty if none is close."""
    word = closest(word, known) or ""
    return f'Did you mean "{word}"? ' if word else ""


def closest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that is most similar to this one; None if none is close."""
    by_folded = {each.casefold(): each for each in known}
    matches = difflib.get_close_matches(word.casefold(), by_folded, n=1)
    return by_folded[matches[0]] if matches else None


def shorten(text: str) -> str:
    """Return the text, truncated if it is too long for a message."""
    return text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…"


def _quote(key: str) -> str:
    return json.dumps(shorten(key), ensure_ascii=False)
