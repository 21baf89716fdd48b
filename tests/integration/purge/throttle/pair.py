"""A primary and its standby in a container of their own, so that no other test is affected."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import LiteralString
from urllib.parse import urlsplit

import psycopg

from tests.server_choice import USUAL_MAJOR
from tests.server_containers import LABEL, engine, start_container
from tests.server_run import Run

SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "wal_level": "logical",
    "archive_mode": "on",
    "archive_command": "test -e /pgdata/archive",
    "autovacuum_naptime": "1s",
}

# The standby is in the same container and connects through the socket: no network and no line in pg_hba.conf is needed.
BUILD = """
set -e
touch /pgdata/archive
pg_basebackup -d 'host=/var/run/postgresql user=postgres application_name=standby1' -D /pgdata/standby -R -c fast
"""
OPTIONS = "-p 5433 -c listen_addresses=0.0.0.0 -c archive_mode=off -c fsync=off"
START = f"pg_ctl -D /pgdata/standby -l /pgdata/standby.log -o '{OPTIONS}' -w start"


@dataclass(frozen=True, slots=True)
class Pair:
    """The primary's URL for its superuser, and the container both servers are in."""

    url: str
    container: str

    def url_of(self, dbname: str) -> str:
        """Return the superuser's URL of a database on the primary."""
        return urlsplit(self.url)._replace(path=f"/{dbname}").geturl()

    @property
    def standby_url(self) -> str:
        """The superuser's URL on the standby, which only a host that has the containers' own network can reach."""
        with engine() as client:
            networks = client.containers.get(self.container).attrs["NetworkSettings"]["Networks"]
        address = next(network["IPAddress"] for network in networks.values())
        user = urlsplit(self.url).netloc.rpartition("@")[0]
        return urlsplit(self.url)._replace(netloc=f"{user}@{address}:5433").geturl()

    def shell(self, script: str) -> None:
        """Run a script in the container, as the servers' user."""
        with engine() as client:
            done = client.containers.get(self.container).exec_run(["bash", "-c", script], user="postgres")
        assert done.exit_code == 0, done.output.decode()

    def start_standby(self) -> None:
        """Start the standby, and wait until it answers."""
        self.shell(START)

    def on_standby(self, statement: LiteralString) -> None:
        """Run a statement on the standby."""
        self.shell(f"psql -X -q -h /var/run/postgresql -p 5433 -U postgres -c '{statement}' >/dev/null")


@contextmanager
def borrow_pair(run: Run) -> Iterator[Pair]:
    """Give the pair of the test run to one test at a time; create it for the first one."""
    with run.lock("pair") as record:
        if not record.exists():
            record.write_text(json.dumps(asdict(_build(run))))
        yield Pair(**json.loads(record.read_text()))


def _build(run: Run) -> Pair:
    url = start_container(USUAL_MAJOR, owner=run.id, settings=SETTINGS)
    port = str(urlsplit(url).port)
    with engine() as client:
        found = client.containers.list(filters={"label": f"{LABEL}={run.id}"})
        container = next(c for c in found if any(b["HostPort"] == port for b in c.ports.get("5432/tcp") or ()))
    pair = Pair(url, str(container.id))
    with psycopg.connect(url, autocommit=True) as conn:
        conn.execute("CREATE ROLE plain")
    pair.shell(BUILD)
    pair.start_standby()
    return pair
