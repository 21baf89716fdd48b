"""Parse and format sizes and times: `write_*` is exact and can be parsed again, `format_*` is rounded for people."""

from __future__ import annotations

import re
from decimal import Decimal

_SIZES = {"B": 1, "kB": 1024, "MB": 1024**2, "GB": 1024**3, "TB": 1024**4}
"""Powers of 1024, as in PostgreSQL's own settings."""

_TIMES = {"ms": Decimal("0.001"), "s": Decimal(1), "min": Decimal(60), "h": Decimal(3600)}

MAX_MILLISECONDS = 2**31 - 1
"""The longest time of a PostgreSQL setting such as lock_timeout, a 32-bit integer."""

_LARGEST = 2**63
"""Larger numbers are refused: PostgreSQL's bigint ends here."""


def parse_size(text: str) -> int:
    """Return the bytes of a size such as `16MB` or `1.5 GB`. The unit is required, in upper or lower case.

    Raises:
        ValueError: The text is not a size, or not a whole number of bytes.
    """
    size = _parse(text, {unit.lower(): Decimal(factor) for unit, factor in _SIZES.items()})
    if size != int(size):
        raise ValueError(text)
    return int(size)


def write_size(size: int) -> str:
    """Return the shortest text that `parse_size` reads as exactly this number of bytes."""
    unit = next(unit for unit in reversed(_SIZES) if size % _SIZES[unit] == 0) if size else "B"
    return f"{size // _SIZES[unit]}{unit}"


def format_size(size: float) -> str:
    """Return a size for people, rounded to about two digits: `34 MB`."""
    unit = next((unit for unit in reversed(_SIZES) if size >= _SIZES[unit]), "B")
    value = size / _SIZES[unit]
    return f"{value:.0f} {unit}" if value >= 10 or value == int(value) else f"{value:.1f} {unit}"  # noqa: PLR2004


def parse_seconds(text: str) -> float:
    """Return the seconds of a time such as `15ms`, `10s`, `2min` or `1h`. The unit is required.

    Raises:
        ValueError: The text is not a time.
    """
    return float(_parse(text, _TIMES))


def parse_milliseconds(text: str, *, maximum: int = MAX_MILLISECONDS) -> int:
    """Return the milliseconds of a time that PostgreSQL can wait: whole, above 0, and at most `maximum`.

    0 is refused because PostgreSQL takes it for no limit at all. Accepts what `parse_seconds` accepts.

    Raises:
        ValueError: The text is not such a time. The message states which rule it breaks, and suits a command line.
    """
    try:
        value = _parse(text, _TIMES) * 1000
    except ValueError:
        value = Decimal(0)
    if value == 0 or value != int(value):
        raise ValueError(f"{text!r} is not a time such as 500ms, 5s or 1min")
    if value > maximum:
        raise ValueError(f"{text!r} is longer than PostgreSQL can wait, which is {maximum}ms")
    return int(value)


def write_seconds(seconds: float) -> str:
    """Return a text that `parse_seconds` reads as exactly this number of seconds."""
    value = Decimal(repr(seconds))
    unit = "s" if value == int(value) else "ms"
    return f"{(value / _TIMES[unit]).normalize():f}{unit}"


def format_seconds(seconds: float) -> str:
    """Return a time in seconds for people: `12 s`, `0.4 s`."""
    return f"{seconds:.0f} s" if seconds >= 10 or seconds == int(seconds) else f"{seconds:.1f} s"  # noqa: PLR2004


def format_duration(seconds: float) -> str:
    """Return a long time for people: `40 s`, `12 min`, `3 h`, `2 days`."""
    for size, unit in ((86400, "days"), (3600, "h"), (60, "min")):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {unit}"
    return format_seconds(float(round(seconds)))


def _parse(text: str, units: dict[str, Decimal]) -> Decimal:
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([a-z]+)", text.strip().lower(), re.ASCII)
    if match is None or match[2] not in units:
        raise ValueError(text)
    value = Decimal(match[1]) * units[match[2]]
    if value >= _LARGEST:
        raise ValueError(text)
    return value
