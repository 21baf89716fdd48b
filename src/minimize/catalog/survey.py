"""The policy laid over one database: which location is where, and whether it is still there."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass

from minimize.catalog.connection import Connection, translated
from minimize.catalog.tables import TableFacts, read_tables
from minimize.errors import PolicyError
from minimize.locations import TableRow
from minimize.policy import Authority, Field, Hold, Location, Policy, TableName


class Presence(enum.Enum):
    """Whether the column or table of a location exists in this database."""

    PRESENT = "present"
    DROPPED = "dropped"
    MISSING = "missing"
    """Not there, and nothing shows that it ever was: misspelt, or a restore into a new table."""


@dataclass(frozen=True, slots=True)
class Site:
    """A location of the policy as found in this database."""

    field: Field
    location: Location
    presence: Presence
    row: TableRow

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


def describe_missing(table: SurveyedTable, site: Site) -> str:
    """Say which part of a location is not there."""
    return f"table {table.name}" if table.facts is None else f"column {site.name}"


def survey(conn: Connection, policy: Policy) -> Survey:
    """Look up every location of the policy in this database; reads catalogs only."""
    pairs = [(field, location) for field in policy.fields for location in field.locations]
    names = list(dict.fromkeys(location.table_name for _, location in pairs))
    with translated("reading the catalog"):
        facts = read_tables(conn, names)
    return Survey(
        policy,
        tuple(
            SurveyedTable(
                name,
                facts.get(name),
                tuple(_site(field, loc, facts.get(name)) for field, loc in pairs if loc.table_name == name),
                tuple(hold for hold in policy.holds if hold.table == name),
            )
            for name in names
        ),
    )


def _site(field: Field, location: Location, facts: TableFacts | None) -> Site:
    types = facts.types if facts else {}
    return Site(field, location, _presence(location, facts), TableRow(types=types))


def _presence(location: Location, facts: TableFacts | None) -> Presence:
    if facts is None:
        return Presence.MISSING
    if location.column_name is None or location.column_name in facts.columns:
        return Presence.PRESENT
    # A dropped column leaves its slot in pg_attribute but not its name, so this is as much as can be seen.
    return Presence.DROPPED if facts.has_dropped_columns else Presence.MISSING


def citations(policy: Policy, field: Field) -> str:
    """Return the citations of a field's authorities, for messages."""
    by_id: dict[str, Authority] = {authority.id: authority for authority in policy.authorities}
    return ", ".join(by_id[name].citation for name in field.authorities)
