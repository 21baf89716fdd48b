"""What the comment of a guard's trigger or CHECK records: what it was made from, and what PostgreSQL made of it."""

from __future__ import annotations

import hashlib
from typing import Protocol

from psycopg import sql


class Sealed(Protocol):
    """A trigger or CHECK whose comment records what it was made from."""

    @property
    def policy_digest(self) -> str:
        """The digest of what this release makes from the policy."""

    @property
    def earlier_digests(self) -> tuple[str, ...]:
        """The digests of what earlier releases made from it."""


def seal(digest: str) -> str:
    """Return how the comment of a trigger or CHECK begins that was made from the policy with this digest."""
    return f"minimize guard policy={digest} definition="


def accepted_seals(part: Sealed, definition: sql.Composable) -> sql.Composed:
    """Return an array of the comments that an intact trigger or CHECK may have, by the release that made it."""
    digests = (part.policy_digest, *part.earlier_digests)
    return sql.SQL("ARRAY[{}]").format(
        sql.SQL(", ").join(sql.SQL("{} || ({})").format(sql.Literal(seal(each)), definition) for each in digests)
    )


def digest(text: str) -> str:
    """Return the digest under which a comment records a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]
