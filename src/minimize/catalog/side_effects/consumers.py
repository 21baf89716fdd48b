"""Who reads the changes of a table out of the WAL: publications, slots, and subscriptions the other way round."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby

import psycopg
from psycopg import errors as pg
from psycopg import sql
from psycopg.rows import class_row

from minimize.catalog.connection import Connection
from minimize.catalog.error_translation import translate_errors
from minimize.catalog.side_effects.side_effect import SideEffect, listed
from minimize.catalog.survey import SurveyedTable, written_columns
from minimize.catalog.tables import Leaf
from minimize.locations.object_names import identifier

_SENDING = "--consumers=send sends it all the same; --triggers=suppress does not keep it from being sent"

_COPIES = "Subscribers keep copies of their own, histories and freed bytes among them: purge those, too."


@dataclass(frozen=True, slots=True)
class _Published:
    """One leaf in one publication, and the events that it sends.

    `is_full` or `identity` is what the server writes of an old row.
    """

    oid: int
    relation: str
    publication: str
    events: list[str]
    columns: list[str]
    is_full: bool
    identity: list[str]


# pg_publication_tables knows FOR ALL TABLES, FOR TABLES IN SCHEMA and partitions; with publish_via_partition_root it
# names the root alone, and then the TRUNCATE of one partition is not sent. The replica identity is that of the leaf.
_PUBLISHED = """
SELECT c.oid, c.oid::regclass::text AS relation, p.pubname::text AS publication,
       array_remove(ARRAY[CASE WHEN p.pubupdate THEN 'UPDATE' END, CASE WHEN p.pubdelete THEN 'DELETE' END,
                          CASE WHEN p.pubtruncate AND c.oid = r.oid THEN 'TRUNCATE' END], NULL) AS events,
       t.attnames::text[] AS columns, c.relreplident = 'f' AS is_full,
       ARRAY(SELECT a.attname::text FROM pg_index AS i
             JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
             WHERE i.indrelid = c.oid
               AND (c.relreplident = 'd' AND i.indisprimary OR c.relreplident = 'i' AND i.indisreplident)) AS identity
FROM pg_publication_tables AS t JOIN pg_publication AS p USING (pubname)
JOIN pg_namespace AS n ON n.nspname = t.schemaname
JOIN pg_class AS r ON r.relnamespace = n.oid AND r.relname = t.tablename
JOIN pg_class AS c ON c.oid = ANY (%s)
  AND (c.oid = r.oid OR r.oid IN (SELECT a.relid FROM pg_partition_ancestors(c.oid) AS a (relid)))
ORDER BY p.pubname, 2
"""
_FULL = "SELECT oid::regclass::text FROM pg_class WHERE oid = ANY (%s) AND relreplident = 'f' ORDER BY 1"
# From PostgreSQL 19 on, wal_level = replica becomes logical with the first logical slot.
_IS_LOGICAL = (
    "SELECT coalesce(current_setting('effective_wal_level', true), current_setting('wal_level')) = 'logical'"
    " OR current_setting('server_version_num')::int >= 190000"
)
_DECODERS = """
SELECT slot_name::text, plugin::text FROM pg_replication_slots
WHERE slot_type = 'logical' AND database = current_database() AND plugin <> 'pgoutput'
  AND coalesce(wal_status, '') <> 'lost' ORDER BY 1
"""
_SUBSCRIPTIONS = """
SELECT DISTINCT s.subname::text FROM pg_subscription_rel AS r JOIN pg_subscription AS s ON s.oid = r.srsubid
WHERE s.subdbid = (SELECT oid FROM pg_database WHERE datname = current_database()) AND (r.srrelid = ANY (%(oids)s)
  OR r.srrelid IN (SELECT a.relid FROM unnest(%(oids)s::oid[]) AS l (oid), pg_partition_ancestors(l.oid) AS a (relid)))
ORDER BY 1
"""
_REFUSED_BY_SERVER = (pg.ObjectNotInPrerequisiteState, pg.InvalidColumnReference)


def find_consumers(
    conn: Connection, table: SurveyedTable, *, is_sending: bool, is_truncated: bool
) -> Iterator[SideEffect]:
    """Yield who would be sent what a purge of a table writes, and who would make PostgreSQL refuse to write it.

    Only catalogs are read. What subscribers have stored already is theirs, and is not seen from here.

    Args:
        conn: A connection.
        table: The table.
        is_sending: Old values may be sent to subscribers.
        is_truncated: The rows go by TRUNCATE, which sends no old row and asks for no replica identity.
    """
    leaves = table.facts.heaps if table.facts and table.present else ()
    with translate_errors(f"reading who consumes the changes of {table.name}"):
        oids = [leaf.oid for leaf in leaves]
        with conn.cursor(row_factory=class_row(_Published)) as cursor:
            published = cursor.execute(_PUBLISHED, [oids]).fetchall()
        asked = () if is_truncated else leaves
        refused = {leaf.oid: why for leaf in asked if (why := _why_refused(conn, table, leaf, published))}
        row = conn.execute(_IS_LOGICAL).fetchone()
        judge = _Judge(table, is_sending=is_sending, is_logical=bool(row and row[0]), is_truncated=is_truncated)
        full = [str(name) for (name,) in conn.execute(_FULL, [oids])]
        decoders = [(str(name), str(plugin)) for name, plugin in conn.execute(_DECODERS)] if leaves else []
        subscriptions = [str(name) for (name,) in conn.execute(_SUBSCRIPTIONS, {"oids": oids})]
    yield from _group(published, lambda one: judge.publication(one, refused.get(one.oid)))
    for slot, plugin in decoders:
        yield judge.decoder(slot, plugin, full)
    for name in subscriptions:
        yield SideEffect(
            f"subscription {name}",
            f"writes to {table.name}: a value that it still brings is refused by the guard, and stops it",
            "Purge the publisher first.",
            refuses=False,
        )


@dataclass(frozen=True, slots=True)
class _Judge:
    """Says what would happen of one consumer, for one table."""

    table: SurveyedTable
    is_sending: bool
    is_logical: bool
    is_truncated: bool

    @property
    def written(self) -> frozenset[str]:
        """The columns that an UPDATE writes; empty for a table that is disposed of."""
        return written_columns(self.table)

    @property
    def event(self) -> str:
        """What is done to a row, or to all of them."""
        return "UPDATE" if self.written else "TRUNCATE" if self.is_truncated else "DELETE"

    def publication(self, one: _Published, refused: str | None) -> tuple[str, str, bool]:
        """Return what would happen, the way on, and whether it stops the purge."""
        if refused:
            return (
                f"makes PostgreSQL refuse the {self.event}: {refused}",
                "Give the table a primary key or a REPLICA IDENTITY that fits the publication, or take it out of it.",
                True,
            )
        if self.event not in one.events:
            return (
                f"does not publish {self.event}: subscribers keep the values",
                "Purge every subscriber by its own policy.",
                False,
            )
        if not self.is_logical:
            return "sends nothing as long as wal_level is below logical", "Leave it so for the purge.", False
        if self.is_truncated:
            return (
                "sends the TRUNCATE, which empties the table at every subscriber, of rows from elsewhere, too",
                f"Take it out of the publication if rows must stay there. {_COPIES}",
                False,
            )
        if one.is_full or self.written & set(one.identity):
            identity = "REPLICA IDENTITY FULL" if one.is_full else "the field is in its replica identity"
            return (
                f"sends the old {'row' if one.is_full else 'key'}, with the value, to every subscriber: {identity}",
                f"Give the table another REPLICA IDENTITY for the purge. {_SENDING}.",
                not self.is_sending,
            )
        column = "" if self.written & set(one.columns) or not self.written else ", whose column list leaves it out"
        rows = self.table.facts.estimated_rows if self.table.facts else 0
        return (
            f"sends every purged row as {self.event} without its old value{column}: of about {rows:,} rows",
            _COPIES,
            False,
        )

    def decoder(self, slot: str, plugin: str, full: list[str]) -> SideEffect:
        """Return what a slot gets that asks no publication."""
        if full and not self.is_truncated:
            what = f"is sent the old rows of {listed(full)}, with the value: REPLICA IDENTITY FULL"
            hint = f"Give the table another REPLICA IDENTITY for the purge. {_SENDING}."
            return SideEffect(f"slot {slot} ({plugin})", what, hint, refuses=not self.is_sending)
        name = self.table.name
        rows = f"every purged row of {name} as {self.event} without its old value"
        return SideEffect(
            f"slot {slot} ({plugin})",
            f"is sent {f'the TRUNCATE of {name}' if self.is_truncated else rows}",
            "What its reader keeps is not seen from here: purge that, too.",
            refuses=False,
        )


def _group(published: list[_Published], judge: Callable[[_Published], tuple[str, str, bool]]) -> Iterator[SideEffect]:
    """Yield one finding for all the leaves of which the same is to be said."""
    judged = sorted(((one.publication, judge(one)), one.relation) for one in published)
    for (publication, (what, hint, refuses)), group in groupby(judged, key=lambda entry: entry[0]):
        names = listed([relation for _, relation in group])
        yield SideEffect(f"publication {publication} of {names}", what, hint, refuses=refuses)


def _why_refused(conn: Connection, table: SurveyedTable, leaf: Leaf, published: list[_Published]) -> str | None:
    """Ask the server whether a statement like that of a batch would get past the publications; it is not run."""
    if not any(one.oid == leaf.oid for one in published):
        return None
    name = identifier(leaf.name)
    column = next(iter(sorted(written_columns(table))), None)
    statement = (
        sql.SQL("EXPLAIN UPDATE ONLY {} SET {} = NULL").format(name, sql.Identifier(column))
        if column
        else sql.SQL("EXPLAIN DELETE FROM ONLY {}").format(name)
    )
    try:
        with conn.transaction(force_rollback=True):
            # Its locks are not to be had on a standby, where a purge is refused anyway.
            row = conn.execute("SELECT pg_is_in_recovery()").fetchone()
            if row and not row[0]:
                conn.execute(statement)
    except _REFUSED_BY_SERVER as error:
        return _words(error)
    except pg.InsufficientPrivilege:
        # That is no fault of a publication: what the role may not do is told of the table itself.
        return None
    return None


def _words(error: psycopg.Error) -> str:
    """Return the server's own words: with these codes they are made of names alone."""
    return ": ".join(filter(None, (error.diag.message_primary, error.diag.message_detail))).rstrip(".")
