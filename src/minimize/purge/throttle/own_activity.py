"""What the purge is at: the relations it works on and the sessions it works with."""

from __future__ import annotations

import threading
from collections.abc import Iterable


class OwnActivity:
    """The OIDs and backend pids that throttles ask about; any thread may change them at any time."""

    def __init__(self, relations: Iterable[int] = (), sessions: Iterable[int] = ()) -> None:
        self._change = threading.Lock()
        self._relations = frozenset(relations)
        self._sessions = frozenset(sessions)

    @property
    def relations(self) -> list[int]:
        """OIDs of the tables being purged, as a query takes them; their TOAST tables are found from these."""
        return sorted(self._relations)

    @property
    def sessions(self) -> list[int]:
        """Backend pids of the purge's own sessions, as a query takes them."""
        return sorted(self._sessions)

    def set_relations(self, relations: Iterable[int]) -> None:
        """Ask about these tables from now on."""
        self._relations = frozenset(relations)

    def add_session(self, session: int) -> None:
        """Count this backend among the purge's own."""
        if session not in self._sessions:
            with self._change:
                self._sessions |= {session}

    def remove_session(self, session: int) -> None:
        """Forget a backend that has gone: its pid may be given to somebody else."""
        with self._change:
            self._sessions -= {session}
