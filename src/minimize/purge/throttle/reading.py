"""What a throttle reads, and the rule that a throttle which cannot be read stops the purge."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, ClassVar, Protocol, Self, TypeVar

import psycopg

from minimize.catalog.connection import Connection
from minimize.catalog.error_translation import translate
from minimize.purge.throttle.own_activity import OwnActivity
from minimize.purge.throttle.setting import Setting


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One answer of one throttle; the purge continues while `is_clear`."""

    name: str
    text: str
    """For people, with the limit: `standby1 is 34 MB / 12 s behind (limit 16 MB / 10 s)`. Never a value of a row."""
    is_clear: bool
    value: Mapping[str, float] = field(default_factory=dict)
    """What was measured, by unit: `{"bytes": 35651584, "seconds": 12.0}`; empty if nothing could be measured."""
    limit: Mapping[str, float] = field(default_factory=dict)
    """The limit of each value, by the same units."""
    is_readable: bool = True

    def as_json(self) -> dict[str, object]:
        """Return the part that the state tables and `--format json` show."""
        return {"name": self.name, "text": self.text, "clear": self.is_clear}


class Throttle(Protocol):
    """One reason to wait. It may remember earlier readings, so each purge needs its own object."""

    name: ClassVar[str]
    """The name in readings, metrics and the state of a run."""

    def read(self, conn: Connection) -> Reading:
        """Measure, on an autocommit connection outside a transaction.

        Never raises because of what the server answers. An error, NULL or a missing privilege is a reading that is not
        clear and states the reason.
        """


class ThrottleType(Throttle, Protocol):
    """A class of throttles, as the registry lists it."""

    settings: ClassVar[tuple[Setting, ...]]
    """Its limits."""

    @classmethod
    def from_limits(cls, limits: Mapping[str, Any], own_activity: OwnActivity) -> Self | None:
        """Return a throttle with these limits, by the names of its settings; None if they turn it off."""


_T = TypeVar("_T", bound=Throttle)


def unreadable(name: str, why: str) -> Reading:
    """Return the reading of a throttle that cannot be read: stop."""
    return Reading(name=name, text=f"cannot be read: {why}", is_clear=False, is_readable=False)


def fail_closed(read: Callable[[_T, Connection], Reading]) -> Callable[[_T, Connection], Reading]:
    """Turn a driver error inside `read` into a reading that is not clear; it keeps names and the SQLSTATE."""

    @wraps(read)
    def guarded(throttle: _T, conn: Connection) -> Reading:
        try:
            return read(throttle, conn)
        except psycopg.Error as error:
            why = translate(error, "cannot be read").message
            return Reading(name=throttle.name, text=why, is_clear=False, is_readable=False)

    return guarded
