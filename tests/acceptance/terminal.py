"""The command `minimize` on a terminal of its own."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import termios
import time
from types import TracebackType
from typing import Self

from tests.acceptance.command import COMMAND, ROOT, environment

SECONDS = 60.0


class Terminal:
    """Runs the command with its three standard streams on one terminal."""

    def __init__(self, *arguments: str, columns: int = 80) -> None:
        self._controller, terminal = pty.openpty()
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        self._process = subprocess.Popen(
            [*COMMAND, *arguments],
            stdin=terminal,
            stdout=terminal,
            stderr=terminal,
            env=environment({"TERM": "xterm"}),
            cwd=ROOT,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509  no threads in this process
        )
        os.close(terminal)
        self.text = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._controller)

    def read_until(self, words: str) -> str:
        """Return what is on the terminal once these words are."""
        until = time.monotonic() + SECONDS
        while words not in self.text:
            assert time.monotonic() < until, self.text
            assert self._read(), self.text
        return self.text

    def write(self, text: str) -> None:
        """Type a text."""
        os.write(self._controller, text.encode())

    def wait(self) -> int:
        """Return the exit code."""
        until = time.monotonic() + SECONDS
        while self._read():
            assert time.monotonic() < until, self.text
        return self._process.wait(SECONDS)

    def _read(self) -> bool:
        """Read what there is; return whether there may be more."""
        ready, _, _ = select.select([self._controller], [], [], 1.0)
        if not ready:
            return True
        try:
            read = os.read(self._controller, 65536)
        except OSError:  # Linux reports a terminal that no process has open like this
            return False
        self.text += read.decode(errors="replace").replace("\r\n", "\n")
        return bool(read)
