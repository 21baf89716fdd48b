"""The exception that asyncpg raises for a refusal of the guard, once this module is imported.

asyncpg raises UnknownPostgresError for every SQLSTATE that it has no class for. It finds its classes by their
`sqlstate`, so the definition of this class is all that it takes. SQLAlchemy on asyncpg then raises IntegrityError, as
it does on psycopg.
"""

from __future__ import annotations

from asyncpg import IntegrityConstraintViolationError

from minimize.diagnostics import RETIRED_FIELD

__all__ = ["RetiredFieldViolationError"]


class RetiredFieldViolationError(IntegrityConstraintViolationError):  # type: ignore[misc]
    """The guard in the database refused a write that carries a retired field."""

    sqlstate = RETIRED_FIELD
