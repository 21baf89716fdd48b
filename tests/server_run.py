"""The servers of one test run: started once, shared by its processes, stopped by the one that began it."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import psycopg
from psycopg import sql

from tests.server_choice import Choice, Kind, NoServerError
from tests.server_containers import remove_containers, start_container

PREFIX = "minimize-tests-"
SETTINGS = {
    "fsync": "off",
    # Lets a test read the server's own log through SQL.
    "logging_collector": "on",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "wal_level": "logical",
    # How long a subscription waits before its worker is started again; on PostgreSQL 15, before the first time, too.
    "wal_retrieve_retry_interval": "100ms",
    "max_connections": "200",
    "max_prepared_transactions": "20",
    "max_replication_slots": "20",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
}

DATABASES_OF_A_ROLE = """
    SELECT DISTINCT d.datname FROM pg_shdepend AS s JOIN pg_database AS d ON d.oid = s.dbid
     WHERE s.refclassid = 'pg_authid'::regclass AND s.refobjid = %s::regrole
"""

DROP_SLOTS = (
    "SELECT pg_terminate_backend(active_pid, 5000) FROM pg_replication_slots WHERE database = %s",
    "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE database = %s",
)


@dataclass(frozen=True, slots=True)
class Server:
    """A running PostgreSQL, its superuser, and the run's own prefix for what tests create in it."""

    base_url: str
    version: int
    kind: str
    prefix: str

    def url(self, dbname: str = "postgres") -> str:
        """Return the superuser's libpq URL of a database."""
        return urlsplit(self.base_url)._replace(path="/" + quote(dbname, safe="")).geturl()

    def connect(self, dbname: str = "postgres") -> psycopg.Connection[Any]:
        """Connect as the superuser, in autocommit mode."""
        return psycopg.connect(self.url(dbname), autocommit=True)

    def create_database(self, name: str, *, template: str = "template0") -> str:
        """Create a database as a copy of another, and return its URL."""
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        with self.connect() as conn:
            conn.execute(statement.format(sql.Identifier(name), sql.Identifier(template)))
        return self.url(name)

    def drop_database(self, name: str) -> None:
        """Drop a database, with its sessions and the replication slots in it."""
        with self.connect() as conn:
            for statement in DROP_SLOTS:
                conn.execute(statement, [name])
            conn.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def drop_role(self, name: str) -> None:
        """Drop a role with what it owns and was granted, in every database."""
        role = sql.Identifier(name)
        with self.connect() as conn:
            databases = [dbname for (dbname,) in conn.execute(DATABASES_OF_A_ROLE, [name])]
        for dbname in {*databases, "postgres"}:
            with self.connect(dbname) as conn:
                conn.execute(sql.SQL("DROP OWNED BY {} CASCADE").format(role))
        with self.connect() as conn:
            conn.execute(sql.SQL("DROP ROLE {}").format(role))


@dataclass(frozen=True, slots=True)
class Run:
    """One test run, known to all its processes by a directory."""

    directory: Path
    choice: Choice
    pid: int

    @classmethod
    def begin(cls, choice: Choice) -> Run:
        """Begin a run in a directory of its own; this process is the one that stops it."""
        directory = Path(tempfile.mkdtemp(prefix=PREFIX))
        record = {"choice": asdict(choice), "pid": os.getpid()}
        (directory / "run.json").write_text(json.dumps(record))
        return cls.load(directory)

    @classmethod
    def load(cls, directory: Path) -> Run:
        """Return the run that another process began."""
        record = json.loads((directory / "run.json").read_text())
        majors = tuple(record["choice"].pop("majors"))
        return cls(directory, Choice(majors=majors, **record["choice"]), record["pid"])

    @property
    def id(self) -> str:
        """A name no other run has."""
        return self.directory.name.rpartition("-")[2]

    @property
    def is_abandoned(self) -> bool:
        """Whether the process that should stop the run has been killed."""
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return True
        except PermissionError:
            return False
        return False

    @contextmanager
    def lock(self, name: str) -> Iterator[Path]:
        """Hold a lock across the run's processes, and give a file to leave the result in."""
        with (self.directory / f"{name}.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield self.directory / f"{name}.done"

    def acquire(self, major: int) -> Server:
        """Return the run's server of this major version, starting it if it is not running.

        Raises:
            NoServerError: It cannot be started; there is no second attempt.
        """
        with self.lock(f"pg{major}") as record:
            failed = record.with_suffix(".failed")
            if failed.exists():
                raise NoServerError(failed.read_text())
            if not record.exists():
                try:
                    server = Server(self._start(major), major, self.choice.kind, f"mz_{self.id}")
                except NoServerError as failure:
                    failed.write_text(str(failure))
                    raise
                record.write_text(json.dumps(asdict(server)))
            return Server(**json.loads(record.read_text()))

    def servers(self) -> list[Server]:
        """Return the servers that have been started."""
        return [Server(**json.loads(file.read_text())) for file in sorted(self.directory.glob("pg*.done"))]

    def stop(self) -> None:
        """Stop what was started, drop what is left on a server not the run's own, and forget the run."""
        if self.choice.kind == "containers":
            remove_containers(owner=self.id)
        for server in self.servers():
            if self.choice.kind == "embedded":
                _stop_embedded(server)
            elif self.choice.kind == "url":
                _drop_leftovers(server)
        shutil.rmtree(self.directory)

    def _start(self, major: int) -> str:
        if self.choice.kind == "url":
            return plain_url(os.environ["MINIMIZE_TEST_URL"])
        if self.choice.kind == "containers":
            return start_container(major, owner=self.id, settings=SETTINGS)
        from minimize.demo.server import start_server  # noqa: PLC0415 - only where it is used

        return start_server({**SETTINGS, "shared_buffers": "128MB"}).url()


def sweep_runs(kind: Kind) -> None:
    """Stop the runs of this kind on this machine that were killed before they could do it themselves."""
    for record in Path(tempfile.gettempdir()).glob(f"{PREFIX}*/run.json"):
        # One may be another user's, be swept by another run, or be on a server that is gone.
        with suppress(OSError, ValueError, psycopg.Error):
            run = Run.load(record.parent)
            if run.choice.kind == kind and run.is_abandoned:
                run.stop()


def plain_url(url: str) -> str:
    """Take the driver out of a SQLAlchemy URL, for libpq."""
    scheme, separator, rest = url.partition("://")
    return scheme.partition("+")[0] + separator + rest


def ask_version(url: str) -> int:
    """Return the major version of the server behind a URL."""
    with closing(psycopg.connect(plain_url(url), connect_timeout=10)) as conn:
        return conn.info.server_version // 10000


def _stop_embedded(server: Server) -> None:
    from minimize.demo.server import EmbeddedServer  # noqa: PLC0415 - only where it is used

    EmbeddedServer(Path(parse_qs(urlsplit(server.base_url).query)["host"][0])).stop()


def _drop_leftovers(server: Server) -> None:
    with server.connect() as conn:
        query = "SELECT datname FROM pg_database WHERE starts_with(datname, %s)"
        databases = conn.execute(query, [server.prefix])
        roles = conn.execute("SELECT rolname FROM pg_roles WHERE starts_with(rolname, %s)", [server.prefix])
    for (name,) in databases.fetchall():
        server.drop_database(name)
    for (name,) in roles.fetchall():
        server.drop_role(name)
