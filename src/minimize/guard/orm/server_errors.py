"""A refusal by the guard in the database, as the exception the guard in the application raises."""

from __future__ import annotations

from typing import Any

from sqlalchemy.engine import ExceptionContext

from minimize.catalog.error_translation import RETIRED_FIELD
from minimize.errors import Rejection, RetiredFieldError
from minimize.guard.orm.fields import RetiredPlaces


def translate_refusal(places: RetiredPlaces, context: ExceptionContext) -> None:
    """Raise RetiredFieldError in place of SQLAlchemy's error, which carries the statement and its parameters.

    SQLAlchemy chains the driver's error to it as the cause; that one holds names only.

    Raises:
        RetiredFieldError: The server refused with SQLSTATE MZ001.
    """
    error: Any = context.original_exception
    if getattr(error, "sqlstate", None) != RETIRED_FIELD:
        return
    diag: Any = getattr(error, "diag", None)
    names = tuple(getattr(diag, f"{part}_name", None) for part in ("schema", "table", "column"))
    schema, table, column = names
    message = getattr(diag, "message_primary", None) or "a retired field was written"
    place = places.named((schema, table, column), message)
    if place is not None:
        place.refuse()
    raise RetiredFieldError(
        message,
        hint=getattr(diag, "message_hint", None) or "Leave the field out of the statement.",
        rejection=Rejection(schema, table, column),
    ) from None
