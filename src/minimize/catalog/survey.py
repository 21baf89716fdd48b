"""The survey: looks up every location of a policy in one database."""

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


class Presence(enum.StrEnum):
    """Whether the column or table of a location exists in this database."""

    PRESENT = "present"
    DROPPED = "dropped"
    MISSING = "missing"
    """Does not exist and was never guarded: misspelled, or dropped without op.drop_field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A location of the policy in this database."""

    field: Field
    location: Location
    presence: Presence
    row: TableRow
    hosts: tuple[TableName, ...] = ()
    """Tables that need their own triggers: that of the location, and its inheritance children, but no partitions."""

    @property
    def name(self) -> str:
        """The location, written as in the policy."""
        return self.location.name


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyedTable:
    """One table of the policy, with its sites and holds."""

    name: TableName
    facts: TableFacts | None
    sites: tuple[Site, ...]
    holds: tuple[Hold, ...]

    @property
    def present(self) -> tuple[Site, ...]:
        """The sites whose column exists."""
        return tuple(site for site in self.sites if site.presence is Presence.PRESENT)

    @property
    def is_whole(self) -> bool:
        """Whether the whole table is retired: its rows are deleted, and no value is rewritten."""
        return any(site.location.is_whole_table for site in self.sites)

    @property
    def keeps_rows(self) -> bool:
        """Whether a hold or an exception may keep rows unchanged."""
        return bool(self.holds) or any(site.location.keep_where for site in self.sites)


@dataclass(frozen=True, slots=True)
class Survey:
    """A policy, and its tables in this database."""

    policy: Policy
    tables: tuple[SurveyedTable, ...]

    def sites(self, field: str | None = None) -> Iterator[tuple[SurveyedTable, Site]]:
        """Yield every site with its table, for one field or for all."""
        for table in self.tables:
            for site in table.sites:
                if field is None or site.field.id == field:
                    yield table, site

    def require_known(self) -> None:
        """Refuse a policy with a location that this database never had.

        Raises:
            PolicyError: A table or column does not exist and was not dropped.
        """
        unknown = [(table, site) for table, site in self.sites() if site.presence is Presence.MISSING]
        if unknown:
            names = ", ".join(describe_missing(table, site) for table, site in unknown)
            raise PolicyError(
                f"the policy names tables or columns that this database does not have: {names}",
                hint="Correct the spelling in the policy, or connect to the database that has it.",
            )


def written_columns(table: SurveyedTable) -> frozenset[str]:
    """Return the columns that a purge updates; none if the whole table is retired, because its rows are deleted."""
    columns = [site.location.column_name for site in table.present]
    return frozenset() if None in columns else frozenset(column for column in columns if column is not None)


def describe_missing(table: SurveyedTable, site: Site) -> str:
    """Return which part of a location does not exist."""
    return f"table {table.name}" if table.facts is None else f"column {site.name}"


def survey(conn: Connection, policy: Policy) -> Survey:
    """Look up every location of the policy in this database. Reads only catalogs."""
    pairs = [(field, location) for field in policy.fields for location in field.locations]
    names = list(dict.fromkeys(location.table_name for _, location in pairs))
    with translate_errors("reading the catalog"):
        facts = read_tables(conn, names)
        known = _counters(conn)
    return Survey(
        policy,
        tuple(
            SurveyedTable(
                name=name,
                facts=facts.get(name),
                sites=tuple(
                    _site(field, loc, facts.get(name), known) for field, loc in pairs if loc.table_name == name
                ),
                holds=tuple(hold for hold in policy.holds if hold.table == name),
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
    return Site(field=field, location=location, presence=presence, row=row, hosts=_hosts(facts))


def _hosts(facts: TableFacts | None) -> tuple[TableName, ...]:
    if facts is None:
        return ()
    if facts.kind == "p":
        return (facts.name,)
    return (facts.name, *(leaf.name for leaf in facts.heaps if leaf.name != facts.name))


def _presence(location: Location, facts: TableFacts | None, *, was_guarded: bool) -> Presence:
    exists = facts is not None and (location.is_whole_table or location.column_name in facts.columns)
    if exists:
        return Presence.PRESENT
    # pg_attribute does not keep the name of a dropped column. The counters of its guard, which are named after the
    # location, show that it existed under this name. Otherwise a misspelled location would look like a dropped one.
    return Presence.DROPPED if was_guarded else Presence.MISSING


def citations(policy: Policy, field: Field) -> str:
    """Return the citations of the authorities of a field, for messages."""
    by_id: dict[str, Authority] = {authority.id: authority for authority in policy.authorities}
    return ", ".join(by_id[name].citation for name in field.authorities)
