"""The measured server: a template database for each table, and a fresh copy of it for each run."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from purge_bench.shape import TABLE, Shape

Connection = psycopg.Connection[tuple[object, ...]]

PREFIX = "minimize_bench_"
SETTINGS = (
    "autovacuum",
    "checkpoint_timeout",
    "data_checksums",
    "full_page_writes",
    "fsync",
    "jit",
    "max_wal_size",
    "shared_buffers",
    "synchronous_commit",
    "track_io_timing",
    "wal_compression",
    "wal_level",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """Sizes on disk, in bytes."""

    heap: int
    toast: int
    indexes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A database with a fresh copy of a table."""

    url: str
    database: str
    shape: Shape
    rows: int

    def connect(self) -> Connection:
        """Open an autocommit connection to it."""
        return psycopg.connect(self.url, autocommit=True)

    def carrying(self) -> int:
        """Count the remaining values."""
        query = sql.SQL("SELECT count(*) FROM {} WHERE {}").format(TABLE, sql.SQL(self.shape.carries))
        with self.connect() as conn:
            return integer(conn, query)

    def sizes(self) -> Sizes:
        """Return the sizes of the table."""
        query = sql.SQL(
            "SELECT pg_relation_size(c.oid), coalesce(pg_total_relation_size(nullif(c.reltoastrelid, 0)), 0),"
            " pg_indexes_size(c.oid) FROM pg_class AS c WHERE c.oid = {}::regclass"
        ).format(sql.Literal(TABLE.as_string()))
        with self.connect() as conn:
            row = conn.execute(query).fetchone()
        assert row is not None
        heap, toast, indexes = (int(str(size)) for size in row)
        return Sizes(heap=heap, toast=toast, indexes=indexes)

    def updates(self) -> tuple[int, int]:
        """Return the number of updates and of HOT updates, after all other sessions have ended."""
        deadline = time.monotonic() + 10
        others = sql.SQL(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND backend_type = 'client backend'"
        )
        with self.connect() as conn:
            # A session flushes its statistics when it ends, which is shortly after its client disconnects.
            while integer(conn, others):
                if time.monotonic() > deadline:
                    raise SystemExit(f"error: a session is still open in {self.database} after its run")
                time.sleep(0.05)
            row = conn.execute(
                "SELECT n_tup_upd, n_tup_hot_upd FROM pg_stat_user_tables"
                " WHERE schemaname = 'bench' AND relname = 'person'"
            ).fetchone()
        assert row is not None
        return int(str(row[0])), int(str(row[1]))


class Server:
    """A server; the role of the URL can create databases and run CHECKPOINT."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.admin: Connection = psycopg.connect(url, autocommit=True)

    def of_database(self, name: str) -> str:
        """Return the URL of another database of this server."""
        return urlunsplit(urlsplit(self.url)._replace(path=f"/{name}"))

    def settings(self) -> dict[str, str]:
        """Return the settings of the server that affect the measurements."""
        rows = self.admin.execute(
            "SELECT name, current_setting(name) FROM pg_settings WHERE name = ANY (%s) ORDER BY name",
            [[*SETTINGS, "server_version"]],
        )
        return {str(name): str(value) for name, value in rows} | {"cpus": str(os.cpu_count())}

    def wal_position(self) -> int:
        """Return the WAL position in bytes."""
        return integer(self.admin, sql.SQL("SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn"))

    def build(self, shape: Shape, rows: int) -> str:
        """Create the template of a table unless it exists; return its name."""
        name = f"{PREFIX}{shape.name.replace('-', '_')}_{rows}"
        digest = shape.digest(rows)
        found = self.admin.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name]
        ).fetchone()
        if found and found[0] == digest:
            return name
        self.drop(name)
        self.admin.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
        with psycopg.connect(self.of_database(name), autocommit=True) as conn:
            for statement in shape.statements(rows):
                conn.execute(statement)
        # The comment is set last, so that an incomplete template is created again.
        comment = sql.SQL("COMMENT ON DATABASE {} IS {}")
        self.admin.execute(comment.format(sql.Identifier(name), sql.Literal(digest)))
        return name

    @contextmanager
    def copy(self, shape: Shape, rows: int) -> Iterator[Copy]:
        """Yield a fresh copy in the buffer cache, after a CHECKPOINT; drop it afterwards."""
        template, name = self.build(shape, rows), f"{PREFIX}run"
        self.drop(name)
        create = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy")
        self.admin.execute(create.format(sql.Identifier(name), sql.Identifier(template)))
        try:
            copy = Copy(url=self.of_database(name), database=name, shape=shape, rows=rows)
            with copy.connect() as conn:
                _warm(conn)
            self.admin.execute("CHECKPOINT")
            yield copy
        finally:
            self.drop(name)

    def drop(self, name: str) -> None:
        """Drop a database of this benchmark, also if sessions are connected."""
        self.admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def drop_templates(self) -> None:
        """Drop every database of this benchmark."""
        rows = self.admin.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX]).fetchall()
        for (name,) in rows:
            self.drop(str(name))


def integer(conn: Connection, query: sql.SQL | sql.Composed) -> int:
    """Return the single integer of a query."""
    row = conn.execute(query).fetchone()
    assert row is not None
    return int(str(row[0]))


def _warm(conn: Connection) -> None:
    """Load the table and its indexes into shared buffers; a sequential scan would use only a small ring buffer."""
    conn.execute("CREATE EXTENSION IF NOT EXISTS pg_prewarm")
    conn.execute(
        "SELECT pg_prewarm(c.oid) FROM pg_class AS c LEFT JOIN pg_index AS i ON i.indexrelid = c.oid,"
        " (SELECT oid, reltoastrelid FROM pg_class WHERE oid = 'bench.person'::regclass) AS t"
        " WHERE c.oid IN (t.oid, t.reltoastrelid) OR i.indrelid IN (t.oid, t.reltoastrelid)"
    )
    conn.execute("DROP EXTENSION pg_prewarm")
