"""The file that node_exporter's textfile collector reads: kept up to date while databases are purged."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Self

from minimize.errors import InterruptedRunError, UsageError
from minimize.purge.progress.metrics import MetricsView, Snapshot, State, render

SECONDS_BETWEEN = 5.0


class MetricsSource:
    """One database that the file tells of: its block is its purge, and how the block ends is how the purge ended.

    The block may run in a thread of its own.
    """

    def __init__(self, database: str | None = None) -> None:
        self.snapshot: Callable[[], Snapshot] = Snapshot
        """The counters; zeros until there is a purge to ask."""
        self._database = database
        self._state: State = "pending"

    def __enter__(self) -> Self:
        """Begin."""
        self._state = "running"
        return self

    def __exit__(self, _type: object, error: BaseException | None, _traceback: object) -> None:
        """End, and keep the last of the counters."""
        last = self.snapshot()
        self.snapshot = lambda: last
        is_requested = isinstance(error, InterruptedRunError | KeyboardInterrupt)
        self._state = "finished" if error is None else "interrupted" if is_requested else "failed"

    def close(self) -> None:
        """Take it that what has not begun never will."""
        if self._state == "pending":
            self._state = "interrupted"

    def view(self) -> MetricsView:
        """Return how it stands now; any thread may ask, at any time."""
        state, snapshot = self._state, self.snapshot()
        return MetricsView(self._database, "waiting" if state == "running" and snapshot.is_waiting else state, snapshot)


class MetricsFile:
    """Keeps the file up to date while its block runs: every `SECONDS_BETWEEN`, and once more at its end.

    Each version takes the place of the one before at once, so that nobody reads half of one; a symbolic link stays, and
    what it leads to is replaced. The directory must be
    there and writable; a write that fails later is told once and does not stop the purge.
    """

    def __init__(self, path: Path, subjects: Collection[MetricsSource], warn: Callable[[str], None]) -> None:
        self._path, self._subjects, self._warn = path, subjects, warn
        self._file = path
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="metrics", daemon=True)
        self._has_warned = False

    def __enter__(self) -> Self:
        """Write it for the first time.

        Raises:
            UsageError: It cannot be written, or is no regular file, such as a device or a pipe.
        """
        try:
            self._file = Path(os.path.realpath(self._path))
            if self._file.exists() and not self._file.is_file():
                raise _cannot_write(self._path, "it is no regular file")
            self._write()
        except OSError as error:
            raise _cannot_write(self._path, error.strerror or str(error)) from None
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Write it for the last time."""
        self._ended.set()
        self._thread.join()
        for subject in self._subjects:
            subject.close()
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
        text = render([subject.view() for subject in self._subjects], time.time())
        # Beside it, since a rename is one step only within a file system; under a name that no collector reads.
        draft = self._file.with_name(f".{self._file.name}.{os.getpid()}")
        draft.write_text(text, encoding="utf-8")
        draft.replace(self._file)


def _cannot_write(path: Path, why: str) -> UsageError:
    return UsageError(
        f"the metrics cannot be written to {path}: {why}",
        hint="Name a file in a directory that is there and that you may write to.",
    )
