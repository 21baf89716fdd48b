"""The SQL of the purge over one leaf: find what to erase, erase a list of rows. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import LiteralString

from psycopg import sql

from minimize.catalog.survey import SurveyedTable
from minimize.catalog.tables import Leaf
from minimize.locations import exempt
from minimize.purge.batch.assignments import write
from minimize.purge.batch.candidates import Source, find, joined

_NOTHING = sql.SQL("")
# Run once, before the first row is written, when the statement has long been analysed.
_ROLE_SEARCH_PATH = sql.SQL(
    " AND (SELECT set_config('search_path', reset_val, true) FROM pg_settings WHERE name = 'search_path') IS NOT NULL"
)
# A second attempt passes over what most UPDATEs wait for. A DELETE, and an UPDATE of what a unique index uses, wait for
# whoever refers to the row by foreign key just now, too.
_LOCKS: tuple[LiteralString, ...] = ("NO KEY UPDATE", "UPDATE")


@dataclass(frozen=True, slots=True)
class Statements:
    """What is sent for one leaf, again and again: prepared once, with `$1` and so on for what varies."""

    locations: tuple[str, ...]
    """What is erased: those of the table, or the whole table alone where it is one of them."""

    find: bytes
    """$1 and $2: the first tid, and the first one beyond; $3: rows of a list. Each row: so many rows to erase there,
    and the list of them: the file that they are in, and an array for each thing to know of them."""

    find_ranked: bytes
    """As `find`, without $3: the k-th row is a list of the k-th row to erase of every page."""

    erase: tuple[bytes, ...]
    """For the first attempt, the second, and so on; the later ones pass over rows that another session has locked.
    $1: the range in the state tables; $2: where its cursor goes, or NULL; $3: HOT updates of the batch before, known
    only after it; $4 and $5: the pages to prune first, as for `find`; then a list as it was found. One row: how many
    rows were updated; how many values erased at each site, in the order of `locations`; the transaction's id; this
    session's counters of updates and of HOT updates."""


def statements(table: SurveyedTable, leaf: Leaf, *, fires_triggers: bool = False) -> Statements:
    """Return the statements that erase every location of a table in one leaf, each row in one UPDATE.

    Where triggers of others fire, they get the role's own search_path, which they may rely on; predicates mean what
    they mean to the guard all the same.
    """
    source = Source(table, leaf, fires_triggers=fires_triggers)
    return Statements(
        locations=tuple(site.name for site in source.sites),
        find=find(source, ranked=False).as_bytes(),
        find_ranked=find(source, ranked=True).as_bytes(),
        erase=tuple(_erase(source, lock).as_bytes() for lock in (None, *_LOCKS[source.is_whole :])),
    )


def _erase(source: Source, lock: LiteralString | None) -> sql.Composed:
    """Return the statement that erases the rows of a list and keeps the books, atomically.

    A row that another session changes meanwhile has a new tid, and is left to the next pass. Where asking again what
    it carries is cheap, that shows that a tid is not reused by another row. Elsewhere it is the version: it never
    changes in place, so its values need not be judged again, which would fetch documents anew. Exceptions and holds
    always are: they may ask the time of day, or other tables.

    Once the table is rewritten, as by VACUUM FULL, other rows have these tids, of the same version where they were
    loaded together: a list is good for the file in which it was found. Which one that is is asked once a statement,
    after it has its lock on the table, with which no rewrite can end; it does not depend on the statement's snapshot.

    Before that, a scan that yields no row reads the pages that are to be pruned, which is what has PostgreSQL do it: so
    they are at hand when the rows are fetched.
    """
    listed, matching = _match(source, is_locked=bool(lock))
    named = zip(source.sites, source.flags, strict=True)
    return sql.SQL(
        "WITH {unlocked}erased AS (\n"
        "  {write}{listed}\n"
        "  WHERE {file} = $6::oid\n"
        "    AND NOT EXISTS (SELECT FROM {source} WHERE {pruned} OFFSET 1000000000)\n"
        "    AND {matching} AND NOT ({held}){path}\n"
        "  RETURNING {returned}\n"
        "), total AS (SELECT count(*) AS rows, {counts} FROM erased), kept AS (\n"
        "  INSERT INTO minimize.purge_count AS c (range_id, location, erased)\n"
        "  SELECT $1, location, erased FROM total, LATERAL (VALUES {named}) AS v (location, erased) WHERE erased > 0\n"
        "  ON CONFLICT (range_id, location) DO UPDATE SET erased = c.erased + excluded.erased\n"
        "), moved AS (\n"
        "  UPDATE minimize.purge_range AS r SET rows = r.rows + total.rows, hot_rows = r.hot_rows + $3::bigint,\n"
        "    updated_at = clock_timestamp(), next_block = greatest(next_block, $2::bigint)\n"
        "  FROM total WHERE range_id = $1\n"
        ") SELECT total.*, pg_current_xact_id()::text::bigint,\n"
        "  pg_stat_get_xact_tuples_updated({oid}), pg_stat_get_xact_tuples_hot_updated({oid}) FROM total"
    ).format(
        oid=source.oid,
        file=source.file,
        unlocked=_unlocked(source, lock) if lock else _NOTHING,
        write=write(source.relation, source.sites, is_plain=source.is_plain),
        path=_ROLE_SEARCH_PATH if source.fires_triggers else _NOTHING,
        source=source.relation,
        pruned=source.blocks(4),
        listed=_prefixed(" FROM ", listed),
        matching=matching,
        held=source.held,
        returned=joined([_counted(source, index) for index, _ in enumerate(source.sites)]),
        counts=joined([sql.SQL("count(*) FILTER (WHERE {flag}) AS {flag}").format(flag=f) for f in source.flags]),
        named=joined([sql.SQL("({}, {})").format(sql.Literal(site.name), flag) for site, flag in named]),
    )


def _unlocked(source: Source, lock: LiteralString) -> sql.Composed:
    """Return what locks the rows of a list of which nobody else's lock is in the way, and lists them again."""
    return sql.SQL("minimize_unlocked AS MATERIALIZED (\n  {listed} FOR {lock} OF {n} SKIP LOCKED\n), ").format(
        listed=_plain_again(source) if source.is_plain else _again(source), lock=sql.SQL(lock), n=source.name
    )


def _match(source: Source, *, is_locked: bool) -> tuple[sql.Composable, sql.Composable]:
    """Return what to join, and the condition of a row to be on the list: as it was sent, or what was locked of it."""
    return (_plain_match if source.is_plain else _version_match)(source, is_locked=is_locked)


def _plain_match(source: Source, *, is_locked: bool) -> tuple[sql.Composable, sql.Composable]:
    tids = sql.SQL("ARRAY(SELECT minimize_tid FROM minimize_unlocked)" if is_locked else "$7::tid[]")
    return _NOTHING, sql.SQL("{n}.ctid = ANY ({tids}) AND {condition}").format(
        n=source.name, tids=tids, condition=source.conditions[0]
    )


def _plain_again(source: Source) -> sql.Composed:
    _, matching = _plain_match(source, is_locked=False)
    return sql.SQL("SELECT {n}.ctid AS minimize_tid FROM {source} WHERE {matching}").format(
        n=source.name, source=source.relation, matching=matching
    )


def _version_match(source: Source, *, is_locked: bool) -> tuple[sql.Composable, sql.Composable]:
    matching = sql.SQL("{of_list} AND ({any_flag})").format(
        of_list=_of_list(source), any_flag=sql.SQL(" OR ").join(source.flags)
    )
    if is_locked:
        return sql.SQL("minimize_unlocked"), matching
    has_exceptions = any(site.location.keep_where for site in source.sites)
    return sql.SQL("({} OFFSET 0) AS minimize_due").format(_again(source)) if has_exceptions else _list(
        source
    ), matching


def _again(source: Source) -> sql.Composed:
    """Return the query of the list as it is now: its rows as they are before they are written, judged once each.

    What the UPDATE returns is judged over the row that it has written, in which an exception may be met at last.
    """
    return sql.SQL(
        "SELECT minimize_tid, minimize_version, {due} FROM {listed} CROSS JOIN {source} WHERE {of_list}"
    ).format(
        due=joined([_due(source, index) for index, _ in enumerate(source.sites)]),
        listed=_list(source),
        source=source.relation,
        of_list=_of_list(source),
    )


def _due(source: Source, index: int) -> sql.Composed:
    """Return whether a row that was found to carry the value at a site is not kept by an exception there by now."""
    site, name = source.sites[index], source.flags[index]
    due: sql.Composable = sql.SQL("minimize_listed.{}").format(name)
    if site.location.keep_where:
        due = sql.SQL("{} AND NOT ({})").format(due, exempt(site.location, site.row))
    return sql.SQL("{} AS {}").format(due, name)


def _list(source: Source) -> sql.Composed:
    """Return the list as it was sent."""
    return sql.SQL("unnest($7::tid[], $8::xid[], {}) AS minimize_listed (minimize_tid, minimize_version, {})").format(
        joined([sql.SQL(f"${index + 9}::boolean[]") for index, _ in enumerate(source.sites)]),
        joined(source.flags),
    )


def _of_list(source: Source) -> sql.Composed:
    return sql.SQL("{n}.ctid = minimize_tid AND {n}.xmin = minimize_version").format(n=source.name)


def _counted(source: Source, index: int) -> sql.Composed:
    """Return whether a value that was found is erased; where triggers may put one back that is asked if it is cheap."""
    site = source.sites[index]
    erased: sql.Composable = sql.SQL("true") if source.is_plain or source.is_whole else source.flags[index]
    if source.fires_triggers and not source.is_whole and site.location.is_cheap(site.row):
        erased = sql.SQL("{} AND NOT {}").format(erased, site.location.carries(site.row))
    return sql.SQL("{} AS {}").format(erased, source.flags[index])


def _prefixed(prefix: str, part: sql.Composable) -> sql.Composable:
    return part if part is _NOTHING else sql.SQL(prefix) + part
