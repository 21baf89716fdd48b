"""A proxy between the purge and its server that can drop or stall connections."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Self

from psycopg.conninfo import conninfo_to_dict, make_conninfo


class _Link:
    """One connection through the proxy."""

    def __init__(self, client: socket.socket, server: socket.socket, alter: Callable[[bytes], bytes]) -> None:
        self.client, self.server = client, server
        self.is_silent = self.is_abandoned = False
        self.threads = [
            threading.Thread(target=self._pump, args=(client, server, bytes)),
            threading.Thread(target=self._pump, args=(server, client, alter)),
        ]

    def _pump(self, source: socket.socket, target: socket.socket, alter: Callable[[bytes], bytes]) -> None:
        # Reading from a socket that was shut down ends, so that no thread outlives its link.
        with suppress(OSError):
            while data := source.recv(65536):
                if not self.is_silent:
                    with suppress(OSError):
                        target.sendall(alter(data))
        if not (self.is_abandoned and source is self.client):
            _shut(target)

    def close(self) -> None:
        for side in (self.client, self.server):
            _shut(side)
        for thread in self.threads:
            thread.join()
        self.client.close()
        self.server.close()


class Proxy:
    """Relays connections to a server; clients connect to `url`."""

    def __init__(self, url: str, alter: Callable[[bytes], bytes] = bytes) -> None:
        """Relay to the server of `url`; `alter` may change the server's answers."""
        self._alter = alter
        self._to = conninfo_to_dict(url)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._links: list[_Link] = []
        self._lock = threading.Lock()
        self._accepting = threading.Thread(target=self._accept)
        port = self._listener.getsockname()[1]
        self.url = make_conninfo("", **{**self._to, "host": "127.0.0.1", "port": port})

    def __enter__(self) -> Self:
        """Begin to relay."""
        self._accepting.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Close everything."""
        _shut(self._listener)
        self._accepting.join()
        self._listener.close()
        for link in self._links:
            link.close()

    def cut(self) -> None:
        """Drop every connection, on both sides."""
        for link in self._live():
            _shut(link.client)
            _shut(link.server)

    def abandon(self) -> None:
        """Drop every connection on the client's side only, so that the server does not notice."""
        for link in self._live():
            link.is_abandoned = True
            _shut(link.client)

    def silence(self) -> None:
        """Stall the current connections; what is sent is lost."""
        for link in self._live():
            link.is_silent = True

    def _live(self) -> list[_Link]:
        with self._lock:
            return [link for link in self._links if not link.is_abandoned]

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client = self._listener.accept()[0]
                link = _Link(client, self._connect(), self._alter)
                with self._lock:
                    self._links.append(link)
                for thread in link.threads:
                    thread.start()

    def _connect(self) -> socket.socket:
        host, port = str(self._to.get("host", "localhost")), int(str(self._to.get("port", 5432)))
        if host.startswith("/"):
            upstream = socket.socket(socket.AF_UNIX)
            upstream.connect(f"{host}/.s.PGSQL.{port}")
            return upstream
        return socket.create_connection((host, port))


def as_pooler(answer: bytes) -> bytes:
    """Change the pid in the server's BackendKeyData message, as a pooler does, which has keys of its own."""
    return re.sub(rb"(?s)K\0\0\0\x0c.{4}", b"K\0\0\0\x0c\0\0\0\1", answer)


def _shut(side: socket.socket) -> None:
    with suppress(OSError):  # the other end was faster
        side.shutdown(socket.SHUT_RDWR)
