"""Finds the logical replication of a table: publications, logical slots, and subscriptions that write to it."""

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

_SENDING = "consumers=send accepts that it is sent; triggers=suppress does not prevent it"

_COPIES = "Subscribers have their own copies, in histories and freed pages too: purge them as well."


@dataclass(frozen=True, slots=True, kw_only=True)
class _PublishedLeaf:
    """One leaf in one publication, and the events that are published.

    `is_full` and `identity` describe its replica identity: the columns of an old row that the server writes to WAL.
    """

    oid: int
    relation: str
    publication: str
    events: list[str]
    columns: list[str]
    is_full: bool
    identity: list[str]


# pg_publication_tables includes FOR ALL TABLES, FOR TABLES IN SCHEMA and partitions. With publish_via_partition_root it
# lists only the root, and the TRUNCATE of one partition is not sent. The replica identity is that of the leaf.
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
    """Yield the consumers that receive the changes of a purge, and those that make PostgreSQL refuse them.

    Reads only catalogs. The data that subscribers have already stored is not visible from this server.

    Args:
        conn: A connection.
        table: The table.
        is_sending: Old values may be sent to subscribers.
        is_truncated: The table is truncated, which sends no old rows and needs no replica identity.
    """
    leaves = table.facts.heaps if table.facts and table.present else ()
    with translate_errors(f"reading the replication of {table.name}"):
        oids = [leaf.oid for leaf in leaves]
        with conn.cursor(row_factory=class_row(_PublishedLeaf)) as cursor:
            published = cursor.execute(_PUBLISHED, [oids]).fetchall()
        to_check = () if is_truncated else leaves
        refused = {leaf.oid: why for leaf in to_check if (why := _why_refused(conn, table, leaf, published))}
        row = conn.execute(_IS_LOGICAL).fetchone()
        effects = _ConsumerEffects(
            table=table, is_sending=is_sending, is_logical=bool(row and row[0]), is_truncated=is_truncated
        )
        full = [str(name) for (name,) in conn.execute(_FULL, [oids])]
        decoders = [(str(name), str(plugin)) for name, plugin in conn.execute(_DECODERS)] if leaves else []
        subscriptions = [str(name) for (name,) in conn.execute(_SUBSCRIPTIONS, {"oids": oids})]
    yield from _group(published, lambda one: effects.of_publication(one, refused.get(one.oid)))
    for slot, plugin in decoders:
        yield effects.of_slot(slot, plugin, full)
    for name in subscriptions:
        yield SideEffect(
            object=f"subscription {name}",
            what=f"writes to {table.name}: the guard refuses a retired value, which stops the subscription",
            hint="Purge the publisher first.",
            refuses=False,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _ConsumerEffects:
    """Determines what each consumer of one table receives."""

    table: SurveyedTable
    is_sending: bool
    is_logical: bool
    is_truncated: bool

    @property
    def written(self) -> frozenset[str]:
        """The columns that the purge updates; empty if the whole table is retired."""
        return written_columns(self.table)

    @property
    def event(self) -> str:
        """The event that the purge causes."""
        return "UPDATE" if self.written else "TRUNCATE" if self.is_truncated else "DELETE"

    def of_publication(self, one: _PublishedLeaf, refused: str | None) -> tuple[str, str, bool]:
        """Return what happens, the hint, and whether the purge refuses to start."""
        if refused:
            return (
                f"makes PostgreSQL refuse the {self.event}: {refused}",
                "Give the table a primary key or a REPLICA IDENTITY that fits the publication, or remove it there.",
                True,
            )
        if self.event not in one.events:
            return (
                f"does not publish {self.event}: subscribers keep the values",
                "Purge every subscriber with its own policy.",
                False,
            )
        if not self.is_logical:
            return "sends nothing while wal_level is below logical", "Do not change wal_level during the purge.", False
        if self.is_truncated:
            return (
                "sends the TRUNCATE, which deletes all rows of the table at every subscriber, from other sources too",
                f"Remove it from the publication if rows must remain there. {_COPIES}",
                False,
            )
        if one.is_full or self.written & set(one.identity):
            identity = "REPLICA IDENTITY FULL" if one.is_full else "the field is in its replica identity"
            return (
                f"sends the old {'row' if one.is_full else 'key'}, with the value, to every subscriber: {identity}",
                f"Give the table another REPLICA IDENTITY for the purge. {_SENDING}.",
                not self.is_sending,
            )
        column = (
            "" if self.written & set(one.columns) or not self.written else ", which its column list does not contain"
        )
        rows = self.table.facts.estimated_rows if self.table.facts else 0
        return (
            f"sends every purged row as {self.event} without its old value{column}: up to about {rows:,} rows",
            _COPIES,
            False,
        )

    def of_slot(self, slot: str, plugin: str, full: list[str]) -> SideEffect:
        """Return what a slot receives whose plugin uses no publication."""
        if full and not self.is_truncated:
            what = f"receives the old rows of {listed(full)}, with the value: REPLICA IDENTITY FULL"
            hint = f"Give the table another REPLICA IDENTITY for the purge. {_SENDING}."
            return SideEffect(object=f"slot {slot} ({plugin})", what=what, hint=hint, refuses=not self.is_sending)
        name = self.table.name
        rows = f"every purged row of {name} as {self.event} without its old value"
        return SideEffect(
            object=f"slot {slot} ({plugin})",
            what=f"receives {f'the TRUNCATE of {name}' if self.is_truncated else rows}",
            hint="The copies of its consumer are not visible from this server: purge them as well.",
            refuses=False,
        )


def _group(
    published: list[_PublishedLeaf], effect: Callable[[_PublishedLeaf], tuple[str, str, bool]]
) -> Iterator[SideEffect]:
    """Yield one side effect for all leaves of a publication that have the same effect."""
    effects = sorted(((one.publication, effect(one)), one.relation) for one in published)
    for (publication, (what, hint, refuses)), group in groupby(effects, key=lambda entry: entry[0]):
        names = listed([relation for _, relation in group])
        yield SideEffect(object=f"publication {publication} of {names}", what=what, hint=hint, refuses=refuses)


def _why_refused(conn: Connection, table: SurveyedTable, leaf: Leaf, published: list[_PublishedLeaf]) -> str | None:
    """Return why the server refuses a statement like that of a batch; EXPLAIN checks it without executing it."""
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
            # A standby cannot take the locks of this statement, and a purge is refused there anyway.
            row = conn.execute("SELECT pg_is_in_recovery()").fetchone()
            if row and not row[0]:
                conn.execute(statement)
    except _REFUSED_BY_SERVER as error:
        return _server_message(error)
    except pg.InsufficientPrivilege:
        # The check of the table itself reports missing privileges.
        return None
    return None


def _server_message(error: psycopg.Error) -> str:
    """Return the message and detail of the server, which for these SQLSTATEs contain only names."""
    return ": ".join(filter(None, (error.diag.message_primary, error.diag.message_detail))).rstrip(".")
