"""What a throttle reads, and the law that one which cannot be read says stop."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import ClassVar, Protocol, TypeVar

import psycopg

from minimize.catalog.connection import Connection
from minimize.catalog.error_translation import translate


@dataclass(frozen=True, slots=True)
class Reading:
    """One answer of one throttle; the purge goes on while `is_clear`."""

    name: str
    text: str
    """For people, with the limit: `standby1 is 34 MB / 12 s behind (limit 16 MB / 10 s)`; holds no value of a row."""
    is_clear: bool
    value: Mapping[str, float] = field(default_factory=dict)
    """What was measured, by unit: `{"bytes": 35651584, "seconds": 12.0}`; empty where nothing could be."""
    limit: Mapping[str, float] = field(default_factory=dict)
    """What the values are held against, by the same units."""
    is_readable: bool = True

    def as_json(self) -> dict[str, object]:
        """Return what is told of it as JSON."""
        return {"name": self.name, "text": self.text, "clear": self.is_clear}


class Throttle(Protocol):
    """One reason to wait; may remember earlier readings, so that one object serves one purge."""

    name: ClassVar[str]

    def read(self, conn: Connection) -> Reading:
        """Ask the server, on an autocommit connection outside a transaction.

        Never raises because of the server's answer: whatever keeps it from being read (an error, NULL, a missing
        privilege) is a reading that is not clear and says why.
        """


_T = TypeVar("_T", bound=Throttle)


def unreadable(name: str, why: str) -> Reading:
    """Return the reading of a throttle that cannot be read: stop."""
    return Reading(name, f"cannot be read: {why}", is_clear=False, is_readable=False)


def fail_closed(read: Callable[[_T, Connection], Reading]) -> Callable[[_T, Connection], Reading]:
    """Turn a driver error inside `read` into a reading that says stop; names and the SQLSTATE stay, values do not."""

    @wraps(read)
    def guarded(throttle: _T, conn: Connection) -> Reading:
        try:
            return read(throttle, conn)
        except psycopg.Error as error:
            why = translate(error, "cannot be read").message
            return Reading(throttle.name, why, is_clear=False, is_readable=False)

    return guarded
