"""Finds exceptions and holds that read values which the same policy erases.

Tables are purged one after the other, each in several passes, and every batch evaluates holds and exceptions again. If
the purge erases what they read, they stop protecting rows during the purge.
"""

from __future__ import annotations

from collections.abc import Iterator

from minimize.catalog.connection import Connection
from minimize.catalog.error_translation import translate_errors
from minimize.catalog.policy_fit.overlaps import share_rows, stored_in
from minimize.catalog.policy_fit.predicate_reads import ColumnRead, PredicateReads, find_predicate_reads
from minimize.catalog.side_effects.side_effect import SideEffect, listed
from minimize.catalog.survey import Site, Survey, SurveyedTable
from minimize.errors import Problem
from minimize.locations import columns_of, held
from minimize.policy import Hold

_GENERATED_FROM = """
SELECT g.attname, b.attname FROM pg_attribute AS g
JOIN pg_attrdef AS f ON f.adrelid = g.attrelid AND f.adnum = g.attnum
JOIN pg_depend AS d ON d.classid = 'pg_attrdef'::regclass AND d.objid = f.oid
  AND d.refclassid = 'pg_class'::regclass AND d.refobjid = g.attrelid
JOIN pg_attribute AS b ON b.attrelid = g.attrelid AND b.attnum = d.refobjsubid
WHERE g.attrelid = %s AND g.attgenerated <> '' AND b.attnum > 0
"""


def find_erased_protections(conn: Connection, survey: Survey) -> Iterator[Problem]:
    """Yield the exceptions and holds that read what the policy erases.

    A hold whose reads cannot be determined is skipped; `find_hold_side_effects` reports it.
    """
    erasing = _erasing(survey)
    for table in survey.tables if erasing else ():
        if table.facts and table.present:
            yield from _exception_problems(conn, table, [each for each in erasing if share_rows(table, each)])
            for hold in table.holds:
                yield from _hold_problems(hold, find_predicate_reads(conn, table, held([hold])), erasing)


def find_hold_side_effects(conn: Connection, survey: Survey) -> Iterator[SideEffect]:
    """Yield the holds for which it is unknown whether they protect their rows during the whole purge."""
    for table in survey.tables:
        for hold in table.holds if table.facts and table.present else ():
            reads = find_predicate_reads(conn, table, held([hold]))
            yield from _hold_findings(hold, reads, is_erasing=bool(_erasing(survey)))
            yield from _parts_read(hold, reads, survey)


def _erasing(survey: Survey) -> list[SurveyedTable]:
    return [table for table in survey.tables if stored_in(table) and (table.is_whole or any(_erased(table)))]


def _erased(table: SurveyedTable) -> Iterator[Site]:
    """Yield the sites whose whole column is erased; none in a retired table, whose rows are deleted."""
    for site in table.present if not table.is_whole else ():
        if not site.location.is_part:
            yield site


def _exception_problems(conn: Connection, table: SurveyedTable, erasing: list[SurveyedTable]) -> Iterator[Problem]:
    """Yield the exceptions that read a column which is erased in rows that they keep."""
    sources = _generated_from(conn, table) if any(site.location.keep_where for site in table.present) else {}
    erased = [site for each in erasing for site in _erased(each)]
    for site in table.present:
        for predicate in site.location.keep_where.values():
            named = columns_of(predicate)
            read = named.union(*(sources.get(column, ()) for column in named))
            for other in erased:
                if other.location.column_name in read and predicate not in other.location.keep_where.values():
                    yield Problem(
                        f"{site.name}: keep_where reads {other.name}, which is erased too: then it keeps no row",
                        f"Give {other.name} the same keep_where, word for word, or read another column in it.",
                    )


def _generated_from(conn: Connection, table: SurveyedTable) -> dict[str, set[str]]:
    """Return the columns from which each generated column is computed."""
    assert table.facts is not None
    sources: dict[str, set[str]] = {}
    if any(column.is_generated for column in table.facts.columns.values()):
        with translate_errors("reading the generated columns"):
            rows = conn.execute(_GENERATED_FROM, [table.facts.oid]).fetchall()
        for generated, source in rows:
            sources.setdefault(str(generated), set()).add(str(source))
    return sources


def _hold_problems(hold: Hold, reads: PredicateReads | None, erasing: list[SurveyedTable]) -> Iterator[Problem]:
    found = {name for read in (reads.columns if reads else ()) for name in _erased_of(read, erasing)}
    for name in sorted(found):
        yield Problem(
            f"hold {hold.id}: rows reads {name}, which the policy erases: after that, it holds no row",
            "Read a copy of it in a table that the policy does not name; in EXISTS, write SELECT 1, not SELECT *.",
        )


def _erased_of(read: ColumnRead, erasing: list[SurveyedTable]) -> Iterator[str]:
    """Yield the names of the erased tables and columns that are read."""
    for table in erasing:
        if stored_in(table).isdisjoint(read.stored_in):
            continue
        if table.is_whole:
            yield str(table.name)
        yield from (site.name for site in _erased(table) if site.location.column_name == read.column)


def _parts_read(hold: Hold, reads: PredicateReads | None, survey: Survey) -> Iterator[SideEffect]:
    """Yield the columns from which the policy removes only a part: the hold may or may not read that part."""
    columns = [(table, read) for table in survey.tables for read in (reads.columns if reads else ())]
    parts = {
        site.name
        for table, read in columns
        if not stored_in(table).isdisjoint(read.stored_in)
        for site in table.present
        if site.location.is_part and site.location.column_name == read.column
    }
    if parts:
        yield SideEffect(
            object=f"hold {hold.id}",
            what=f"reads a value from which the policy removes a part: {listed(sorted(parts))}",
            hint="If it reads that part, it holds no row after the purge: read another column in it.",
            refuses=False,
        )


def _hold_findings(hold: Hold, reads: PredicateReads | None, *, is_erasing: bool) -> Iterator[SideEffect]:
    if reads is None and is_erasing:
        yield SideEffect(
            object=f"hold {hold.id}",
            what="was not checked for reading what the policy erases: no temporary view of it could be created",
            hint=(
                "GRANT TEMPORARY on the database to this role, or make sure that the hold reads no column and no table"
                " of the policy in other rows."
            ),
            refuses=False,
        )
    if reads and reads.functions:
        yield SideEffect(
            object=f"hold {hold.id}",
            what=(
                f"calls {listed(list(reads.functions))}: a table that the function reads looks empty to a batch if"
                " another session truncates it"
            ),
            hint="Read the table in the hold itself, and refresh it with DELETE and INSERT, or MERGE.",
            refuses=False,
        )
