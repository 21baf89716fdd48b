"""A separate server that a test may crash: by killing a backend, or by an immediate stop and a restart."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import psutil
import psycopg

from minimize.demo.server import EmbeddedServer, start_server
from tests.integration.purge.losses import wait_until

# WAL is flushed only on demand, so a crash undoes everything that no commit has waited for. The operating system keeps
# running, so neither fsync nor full pages are needed.
SETTINGS: Mapping[str, str] = {
    "fsync": "off",
    "full_page_writes": "off",
    "shared_buffers": "32MB",
    "wal_writer_delay": "10s",
    "wal_writer_flush_after": "1GB",
    "autovacuum": "off",
    "max_connections": "30",
}


class CrashingServer:
    """The server; after a restart, its postmaster is a child of this process."""

    def __init__(self) -> None:
        self._server: EmbeddedServer = start_server(SETTINGS)
        postmaster = psutil.Process(self._postmaster())
        self._command, self._owner = postmaster.cmdline(), (postmaster.uids().real, postmaster.gids().real)
        self._child: subprocess.Popen[bytes] | None = None

    def url(self, dbname: str = "postgres") -> str:
        """Return the URL of a database."""
        return self._server.url(dbname)

    def kill_backend(self) -> None:
        """Kill one of the purge's backends with SIGKILL: the server ends all backends and replays WAL."""
        with suppress(psycopg.OperationalError), psycopg.connect(self.url(), autocommit=True) as other:
            found = other.execute(
                "SELECT min(pid) FROM pg_stat_activity WHERE application_name = 'minimize'"
            ).fetchone()
            if not found or found[0] is None:
                return  # it is just connecting
            os.kill(found[0], signal.SIGKILL)
            while True:  # until the server ends this session too
                other.execute("SELECT pg_sleep(0.005)")

    def stop_at_once(self) -> None:
        """Crash it, and start it again."""
        self.stop()
        self.start()

    def stop(self) -> None:
        """Do what `pg_ctl stop -m immediate` does."""
        os.kill(self._postmaster(), signal.SIGQUIT)
        if self._child:
            self._child.wait()
        wait_until(lambda: not (self._data / "postmaster.pid").exists())

    def start(self) -> None:
        """Start it with its own command, as its own user."""
        uid, gid = self._owner
        self._child = subprocess.Popen(
            self._command,
            cwd=self._server.directory,
            user=uid,
            group=gid,
            extra_groups=[],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        wait_until(self.is_up)

    def is_up(self) -> bool:
        """Whether it accepts connections."""
        try:
            psycopg.connect(self.url()).close()
        except psycopg.OperationalError:
            return False
        return True

    def close(self) -> None:
        """Stop it."""
        self._server.stop()
        if self._child:
            self._child.wait()

    @property
    def _data(self) -> Path:
        return self._server.data

    def _postmaster(self) -> int:
        return int((self._data / "postmaster.pid").read_text().splitlines()[0])
