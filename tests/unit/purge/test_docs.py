"""The page for operations names every limit, with the default it has."""

from __future__ import annotations

import re
from pathlib import Path

from minimize.purge.throttle.limits import Limits

PAGE = Path(__file__).parents[3] / "docs" / "purge.md"


def test_every_limit_is_in_the_page_with_its_default() -> None:
    """A limit that is added, renamed or given another default has to be told of there."""
    rows = re.findall(r"^\| `([a-z-]+)` \| `([^`]+)`", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert dict(rows) == Limits().to_json()


def test_fast_is_described_as_it_is() -> None:
    """The values that the profile fast sets stand beside the defaults."""
    text = PAGE.read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z-]+)` \| `[^`]+` \(fast `([^`]+)`\)", text, re.MULTILINE)
    fast, gentle = Limits.parse(["profile=fast"]).to_json(), Limits().to_json()
    assert dict(rows) == {name: fast[name] for name in fast if fast[name] != gentle[name] and name != "profile"}
