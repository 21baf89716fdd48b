"""The file that node_exporter's textfile collector reads: updated while databases are purged."""

from __future__ import annotations

import os
import secrets
import threading
import time
from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path
from typing import Self

from minimize.errors import InterruptedRunError, UsageError
from minimize.purge.progress.metrics import MetricsView, Snapshot, State, render

SECONDS_BETWEEN = 5.0


class MetricsSource:
    """The state and the counters of one database; its block is the purge, and sets the final state when it ends.

    The block may run in a thread of its own.
    """

    def __init__(self, database: str | None = None) -> None:
        self.snapshot: Callable[[], Snapshot] = Snapshot
        """Returns the counters; set it when the purge is created. All zero until then."""
        self._database = database
        self._state: State = "pending"

    def __enter__(self) -> Self:
        """Begin."""
        self._state = "running"
        return self

    def __exit__(self, _type: object, error: BaseException | None, _traceback: object) -> None:
        """End, and keep the last counters."""
        self.end(error)

    def end(self, error: BaseException | None) -> None:
        """Set the final state: what ended the purge, or None after its last table. The last counters are kept."""
        last = self.snapshot()
        self.snapshot = lambda: last
        is_requested = isinstance(error, InterruptedRunError | KeyboardInterrupt)
        self._state = "finished" if error is None else "interrupted" if is_requested else "failed"

    def close(self) -> None:
        """Set the state to interrupted if the purge has not begun: it will not begin any more."""
        if self._state == "pending":
            self._state = "interrupted"

    def view(self) -> MetricsView:
        """Return the present state and counters. Any thread may call it at any time."""
        state, snapshot = self._state, self.snapshot()
        return MetricsView(self._database, "waiting" if state == "running" and snapshot.is_waiting else state, snapshot)


class MetricsFile:
    """Updates the file while its block runs: at its start, every `SECONDS_BETWEEN` seconds, and at its end.

    Each version replaces the one before in one step, so a reader never sees half of one. A symbolic link at `path`
    stays, and its target is replaced. The directory must exist and be writable. If a later write fails, `warn` is
    called once and the purge continues.
    """

    def __init__(self, path: Path, sources: Collection[MetricsSource], warn: Callable[[str], None]) -> None:
        self._path, self._sources, self._warn = path, sources, warn
        self._file = path
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="metrics", daemon=True)
        self._has_warned = False

    def __enter__(self) -> Self:
        """Write it for the first time.

        Raises:
            UsageError: It cannot be written, or is not a regular file, such as a device or a pipe.
        """
        try:
            self._file = Path(os.path.realpath(self._path))
            if self._file.exists() and not self._file.is_file():
                raise _write_error(self._path, "it is no regular file")
            self._write()
        except OSError as error:
            raise _write_error(self._path, error.strerror or str(error)) from None
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Write it for the last time."""
        self._ended.set()
        self._thread.join()
        for source in self._sources:
            source.close()
        self._write_or_warn()

    def _keep(self) -> None:
        while not self._ended.wait(SECONDS_BETWEEN):
            self._write_or_warn()

    def _write_or_warn(self) -> None:
        try:
            self._write()
        except OSError as error:
            if not self._has_warned:
                self._warn(f"the metrics cannot be written to {self._path}: {error.strerror}")
            self._has_warned = True

    def _write(self) -> None:
        replace_file(self._file, render([source.view() for source in self._sources], time.time()))


def replace_file(file: Path, text: str) -> None:
    """Replace a file in one step. Its permissions are those of a new file, so that node_exporter can read it.

    prometheus_client's own write_to_textfile opens a predictable name and follows a symbolic link there: in a directory
    that others may write to, it would overwrite the link's target.

    Raises:
        OSError: The directory is missing or not writable, or the disk is full. Nothing is left beside the file.
    """
    # In the same directory, because a rename is atomic only within a file system; collectors ignore hidden files.
    draft = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o666)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as output:
            output.write(text)
        draft.replace(file)
    except BaseException:
        with suppress(OSError):
            draft.unlink()
        raise


def _write_error(path: Path, why: str) -> UsageError:
    return UsageError(
        f"the metrics cannot be written to {path}: {why}",
        hint="Name a file in a directory that is there and that you may write to.",
    )
