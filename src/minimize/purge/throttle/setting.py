"""A limit as the command line takes it: its name, its default, and the values that it accepts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from minimize.errors import UsageError
from minimize.purge.throttle.units import parse_seconds, parse_size, write_seconds, write_size


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueKind:
    """The values that a setting accepts; `form` describes them in a message."""

    form: str
    parse: Callable[[str], Any]
    """Raises ValueError for a text that is not such a value."""
    format: Callable[[Any], str] = str
    """Returns a text from which `parse` reads the same value."""

    def or_off(self) -> ValueKind:
        """Accept `off` as well: the value is None then."""
        parse, format_value = self.parse, self.format
        return replace(
            self,
            form=f"{self.form}, or off",
            parse=lambda text: None if text == "off" else parse(text),
            format=lambda value: "off" if value is None else format_value(value),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One limit: `name=value` on the command line and in the state of a run."""

    name: str
    kind: ValueKind
    default: Any
    meaning: str
    """One sentence, with the unit."""

    def read(self, text: str) -> Any:  # noqa: ANN401 - the kind decides
        """Return the value that a text stands for.

        Raises:
            UsageError: The setting does not accept it.
        """
        try:
            return self.kind.parse(text.strip())
        except ValueError:
            raise UsageError(
                f"{self.name}={text} is no limit", hint=f"Write {self.name} as {self.kind.form}."
            ) from None

    def write(self, value: object) -> str:
        """Return the text from which `read` returns this value."""
        return self.kind.format(value)


def count(low: int, high: int) -> ValueKind:
    """Accept whole numbers between two bounds, both included."""
    return ValueKind(form=f"a whole number from {low:,} to {high:,}", parse=_within(low, high, int))


def seconds(low: float, high: float) -> ValueKind:
    """Accept times between two bounds in seconds, both included."""
    form = f"a time such as 500ms, 10s or 5min, from {write_seconds(low)} to {write_seconds(high)}"
    return ValueKind(form=form, parse=_within(low, high, parse_seconds), format=write_seconds)


def one_of(*words: str) -> ValueKind:
    """Accept some words."""
    return ValueKind(form=" or ".join(words), parse=lambda text: words[words.index(text)])


def _within(low: float, high: float, parse: Callable[[str], float]) -> Callable[[str], Any]:
    def bounded(text: str) -> float:
        value = parse(text)
        if not low <= value <= high:
            raise ValueError(text)
        return value

    return bounded


def _parse_share(text: str) -> float:
    value = float(text)
    if not 0 < value <= 1:
        raise ValueError(text)
    return value


def _parse_text(text: str) -> str:
    if not text:
        raise ValueError(text)
    return text


SHARE = ValueKind(form="a share above 0 and up to 1, such as 0.5", parse=_parse_share)
SIZE = ValueKind(form="a size such as 512kB, 16MB or 2GB", parse=parse_size, format=write_size)
RATE = ValueKind(
    form="a size a second such as 20MB/s",
    parse=lambda text: parse_size(text.removesuffix("/s")),
    format=lambda size: f"{write_size(size)}/s",
)
QUERY = ValueKind(form="an SQL query that returns one boolean", parse=_parse_text)
