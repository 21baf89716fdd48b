"""A refusal by the guard in the database, as the exception the guard in the application raises."""

from __future__ import annotations

from sqlalchemy.engine import ExceptionContext

from minimize.errors import RetiredFieldError
from minimize.guard.orm.fields import RetiredPlaces


def translate_refusal(places: RetiredPlaces, context: ExceptionContext) -> None:
    """Raise RetiredFieldError in place of SQLAlchemy's error, which carries the statement and its parameters.

    SQLAlchemy chains the driver's error to it as the cause; that one holds names only.

    Raises:
        RetiredFieldError: The server refused a retired field.
    """
    refusal = RetiredFieldError.from_exception(context.original_exception)
    if refusal is None:
        return
    place = places.of_refusal(refusal)
    raise (refusal if place is None else place.error()) from None
