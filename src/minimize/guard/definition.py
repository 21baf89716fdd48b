"""The guard of one location as DDL: functions, the triggers and the CHECK that call them, and a counter. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from psycopg import sql

from minimize.guard.check_constraint import GuardConstraint, check_condition
from minimize.guard.functions import CURRENT, EARLIER, check_function, function_name, guard_function
from minimize.guard.seals import digest
from minimize.guard.triggers import GuardTrigger, drop_other_triggers, guard_triggers
from minimize.locations import TableRow
from minimize.locations.object_names import guard_name
from minimize.policy import Field, Location, TableName


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """Everything in the database that refuses, strips or reports a retired field at one location.

    The BEFORE UPDATE trigger and the CHECK refuse before a value reaches a page or the WAL. The CHECK does it for an
    INSERT, because any BEFORE INSERT trigger makes COPY insert row by row. The AFTER trigger refuses what a later
    BEFORE trigger wrote. All of them evaluate `carries` first, so a clean write calls no function.
    """

    field: Field
    location: Location
    name: str
    functions: tuple[sql.Composed, ...]
    triggers: tuple[GuardTrigger, ...]
    constraint: GuardConstraint
    """Part of the guard in mode `reject` only; in the other modes it is removed, because the mode may have changed."""

    @property
    def parts(self) -> tuple[GuardTrigger | GuardConstraint, ...]:
        """The triggers and the CHECK that must exist unaltered in this mode."""
        return (*self.triggers, self.constraint) if self.field.on_write == "reject" else self.triggers

    @property
    def counter(self) -> str:
        """Name of the sequence that counts the writes that met the guard in this mode."""
        return f"{self.field.on_write}_{self.name}"

    def install(self) -> Iterator[sql.Composed]:
        """Yield the statements that install it or repair what exists of it."""
        # A sequence because it keeps its value when the transaction it counts is rolled back.
        yield sql.SQL("CREATE SEQUENCE IF NOT EXISTS {}").format(sql.Identifier("minimize", self.counter))
        yield from self.functions
        for table in {trigger.table for trigger in self.triggers}:
            yield drop_other_triggers(table, self.name, [t.name for t in self.triggers if t.table == table])
        for trigger in self.triggers:
            yield from trigger.install()
        yield self.constraint.install() if self.constraint in self.parts else self.constraint.remove()

    def remove(self) -> Iterator[sql.Composed]:
        """Yield the statements that remove it; its counters stay as a record."""
        for trigger in self.triggers:
            yield trigger.remove()
        yield self.constraint.remove()
        yield sql.SQL("DROP FUNCTION IF EXISTS {}()").format(function_name(self.name))

    def is_intact(self) -> sql.Composed:
        """Return a condition: all of it exists, enabled, as made from this policy by this or an earlier release.

        Evaluate it with search_path = pg_catalog.
        """
        return sql.SQL(" AND ").join(part.is_intact() for part in self.parts)


def guard_of_location(
    field: Field, location: Location, row: TableRow, citations: str, hosts: Sequence[TableName] = ()
) -> Guard:
    """Return the guard of a location in the mode that `on_write` of the field names.

    Args:
        field: The retired field.
        location: Where it is stored.
        row: The location's columns and their types.
        citations: Authorities, for the hint of a refusal.
        hosts: Tables that need triggers of their own: the location's table and its inheritance children. PostgreSQL
            copies triggers to partitions.
    """
    name = guard_name(field.id, location)
    function, *earlier = (
        guard_function(field, location, row, citations, name, routines) for routines in (CURRENT, *EARLIER)
    )
    triggers = tuple(
        trigger
        for table in hosts or (location.table_name,)
        for trigger in guard_triggers(field, location, row, table, functions=(function, *earlier))
    )
    checking = check_function(field, location, citations, name)
    return Guard(
        field=field,
        location=location,
        name=name,
        functions=(function, *checking) if field.on_write == "reject" else (function,),
        triggers=triggers,
        constraint=_constraint(field, location, row, citations, name),
    )


def _constraint(field: Field, location: Location, row: TableRow, citations: str, name: str) -> GuardConstraint:
    check = check_condition(location, row, name)
    current, *earlier = (
        digest(sql.Composed([check, *check_function(field, location, citations, name, routines)]).as_string(None))
        for routines in (CURRENT, *EARLIER)
    )
    return GuardConstraint(
        table=location.table_name, guard=name, check=check, policy_digest=current, earlier_digests=tuple(earlier)
    )
