"""The relations that the purge works on, and the sessions that it uses."""

from __future__ import annotations

import threading
from collections.abc import Iterable


class OwnActivity:
    """OIDs and backend pids for the queries of the throttles; any thread may change them at any time."""

    def __init__(self, relations: Iterable[int] = (), sessions: Iterable[int] = ()) -> None:
        self._change = threading.Lock()
        self._relations = frozenset(relations)
        self._sessions = frozenset(sessions)

    @property
    def relations(self) -> list[int]:
        """OIDs of the tables being purged, as a query parameter. Their TOAST tables are not included."""
        return sorted(self._relations)

    @property
    def sessions(self) -> list[int]:
        """Backend pids of the purge's own sessions, as a query parameter."""
        return sorted(self._sessions)

    def set_relations(self, relations: Iterable[int]) -> None:
        """Set the tables that are being purged now."""
        self._relations = frozenset(relations)

    def add_session(self, session: int) -> None:
        """Count this backend among the purge's own."""
        if session not in self._sessions:
            with self._change:
                self._sessions |= {session}

    def remove_session(self, session: int) -> None:
        """Remove a backend that has ended: another session may get its pid."""
        with self._change:
            self._sessions -= {session}
