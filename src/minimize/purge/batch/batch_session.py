"""Settings of a worker's session, made once, so that each batch is one statement and one round trip."""

from __future__ import annotations

from dataclasses import dataclass

from minimize.catalog.connection import Connection
from minimize.catalog.error_translation import translate_errors

# A crash undoes a batch together with its cursor, so the batch is found and erased again: no batch has to wait for the
# disk. The commit at the end of the run does wait, and so makes everything before it durable. The join of a batch to
# the table by tid has only one good plan.
_SETTINGS = {
    "synchronous_commit": "off",
    "enable_hashjoin": "off",
    "enable_mergejoin": "off",
    "plan_cache_mode": "force_generic_plan",
    "jit": "off",
}


@dataclass(frozen=True, slots=True)
class BatchSession:
    """Settings that the options of the purge decide."""

    lock_timeout: str
    triggers_suppressed: bool

    def prepare(self, conn: Connection) -> None:
        """Apply the settings to a connection."""
        settings = {**_SETTINGS, "lock_timeout": self.lock_timeout}
        if self.triggers_suppressed:
            settings["session_replication_role"] = "replica"
        with translate_errors("preparing the session"):
            conn.execute(
                "SELECT set_config(name, value, false) FROM unnest(%s::text[], %s::text[]) AS s (name, value)",
                [list(settings), list(settings.values())],
            )
