"""The policy laid over one database: which location is where, and whether it is still there."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass

from minimize.catalog.connection import Connection
from minimize.catalog.error_translation import translate_errors
from minimize.catalog.tables import TableFacts, read_tables
from minimize.errors import PolicyError
from minimize.locations import TableRow
from minimize.locations.object_names import counter_names
from minimize.policy import Authority, Field, Hold, Location, Policy, TableName


class Presence(enum.Enum):
    """Whether the column or table of a location exists in this database."""

    PRESENT = "present"
    DROPPED = "dropped"
    MISSING = "missing"
    """Not there, and no guard of it ever was: misspelt, or dropped by other means."""


@dataclass(frozen=True, slots=True)
class Site:
    """A location of the policy as found in this database."""

    field: Field
    location: Location
    presence: Presence
    row: TableRow
    hosts: tuple[TableName, ...] = ()
    """Tables that need triggers of their own: the location's, and those that inherit from it. Partitions do not."""

    @property
    def name(self) -> str:
        """The location as written everywhere."""
        return self.location.name


@dataclass(frozen=True, slots=True)
class SurveyedTable:
    """One table of the policy with everything the policy says of it."""

    name: TableName
    facts: TableFacts | None
    sites: tuple[Site, ...]
    holds: tuple[Hold, ...]

    @property
    def present(self) -> tuple[Site, ...]:
        """The sites whose column is there."""
        return tuple(site for site in self.sites if site.presence is Presence.PRESENT)

    @property
    def is_whole(self) -> bool:
        """Whether all of it is retired: its rows go, and no value in them is rewritten."""
        return any(site.location.is_whole_table for site in self.sites)

    @property
    def keeps_rows(self) -> bool:
        """Whether a hold or an exception may have rows stay as they are."""
        return bool(self.holds) or any(site.location.keep_where for site in self.sites)


@dataclass(frozen=True, slots=True)
class Survey:
    """The policy and what this database has of it."""

    policy: Policy
    tables: tuple[SurveyedTable, ...]

    def sites(self, field: str | None = None) -> Iterator[tuple[SurveyedTable, Site]]:
        """Yield every site with its table, of one field or of all."""
        for table in self.tables:
            for site in table.sites:
                if field is None or site.field.id == field:
                    yield table, site

    def require_known(self) -> None:
        """Refuse to act on a policy that names what this database has never had.

        Raises:
            PolicyError: A table or column does not exist and was not dropped.
        """
        unknown = [(table, site) for table, site in self.sites() if site.presence is Presence.MISSING]
        if unknown:
            names = ", ".join(describe_missing(table, site) for table, site in unknown)
            raise PolicyError(
                f"the policy names what this database does not have: {names}",
                hint="Correct the spelling in the policy, or connect to the database that has it.",
            )


def written_columns(table: SurveyedTable) -> frozenset[str]:
    """Return the columns that a purge updates; none where the whole table is retired, since its rows are deleted."""
    columns = [site.location.column_name for site in table.present]
    return frozenset() if None in columns else frozenset(column for column in columns if column is not None)


def describe_missing(table: SurveyedTable, site: Site) -> str:
    """Say which part of a location is not there."""
    return f"table {table.name}" if table.facts is None else f"column {site.name}"


def survey(conn: Connection, policy: Policy) -> Survey:
    """Look up every location of the policy in this database; reads catalogs only."""
    pairs = [(field, location) for field in policy.fields for location in field.locations]
    names = list(dict.fromkeys(location.table_name for _, location in pairs))
    with translate_errors("reading the catalog"):
        facts = read_tables(conn, names)
        known = _counters(conn)
    return Survey(
        policy,
        tuple(
            SurveyedTable(
                name,
                facts.get(name),
                tuple(_site(field, loc, facts.get(name), known) for field, loc in pairs if loc.table_name == name),
                tuple(hold for hold in policy.holds if hold.table == name),
            )
            for name in names
        ),
    )


def _counters(conn: Connection) -> frozenset[str]:
    rows = conn.execute(
        "SELECT relname FROM pg_class WHERE relkind = 'S' AND relnamespace = to_regnamespace('minimize')"
    )
    return frozenset(str(name) for (name,) in rows)


def _site(field: Field, location: Location, facts: TableFacts | None, counters: frozenset[str]) -> Site:
    row = TableRow(types=facts.types, lengths=facts.lengths) if facts else TableRow()
    was_guarded = not counters.isdisjoint(counter_names(field.id, location))
    presence = _presence(location, facts, was_guarded=was_guarded)
    return Site(field, location, presence, row, _hosts(facts))


def _hosts(facts: TableFacts | None) -> tuple[TableName, ...]:
    if facts is None:
        return ()
    if facts.kind == "p":
        return (facts.name,)
    return (facts.name, *(leaf.name for leaf in facts.heaps if leaf.name != facts.name))


def _presence(location: Location, facts: TableFacts | None, *, was_guarded: bool) -> Presence:
    is_there = facts is not None and (location.is_whole_table or location.column_name in facts.columns)
    if is_there:
        return Presence.PRESENT
    # A dropped column leaves no name in pg_attribute. The counters of its guard, named after the location, show that
    # it was there and spelt so; without them a misspelt location would look like one that is gone.
    return Presence.DROPPED if was_guarded else Presence.MISSING


def citations(policy: Policy, field: Field) -> str:
    """Return the citations of a field's authorities, for messages."""
    by_id: dict[str, Authority] = {authority.id: authority for authority in policy.authorities}
    return ", ".join(by_id[name].citation for name in field.authorities)
