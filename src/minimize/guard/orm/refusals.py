"""A refusal by the guard in the database, as the exception the guard in the application raises."""

from __future__ import annotations

from sqlalchemy.engine import ExceptionContext

from minimize.errors import RetiredFieldError
from minimize.guard.orm.retired_locations import RetiredLocations


def translate_refusal(locations: RetiredLocations, context: ExceptionContext) -> None:
    """Raise RetiredFieldError in place of SQLAlchemy's error, which carries the statement and its parameters.

    SQLAlchemy chains the driver's error to it as the cause; that one holds names only.

    Raises:
        RetiredFieldError: The server refused a retired field.
    """
    refusal = RetiredFieldError.from_exception(context.original_exception)
    if refusal is None:
        return
    retired = locations.of_refusal(refusal)
    raise (refusal if retired is None else retired.error()) from None
