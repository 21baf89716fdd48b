"""What a project's own tests assert about retired fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from minimize.errors import RetiredFieldError
from minimize.policy import Policy, normal_form, retired_names, staying_columns


@contextmanager
def assert_rejected(field: str | None = None) -> Iterator[None]:
    """Assert that the block is stopped because it writes a retired field.

    It must raise RetiredFieldError, or an exception in which RetiredFieldError.from_exception finds the refusal: an
    error of psycopg 3, psycopg2, asyncpg or pg8000, or one of SQLAlchemy or Django that wraps it. Any other exception
    passes on as it is. After a refusal by the database its transaction is over, as after any error.

    Args:
        field: The id of the retired field it must be.
    """
    __tracebackhide__ = True
    try:
        yield
    except Exception as error:
        refusal = RetiredFieldError.from_exception(error)
        if refusal is None:
            raise
    else:
        pytest.fail("a write that carries a retired field was not rejected", pytrace=False)
    if field is not None and refusal.field != field:
        named = refusal.field or "that the error does not name"
        pytest.fail(f"rejected for the field {named}, not {field}", pytrace=False)


def assert_no_retired_fields(metadata: sa.MetaData | Iterable[sa.MetaData], policy: Policy) -> None:
    """Assert that no table declares a column under the name of a retired field, in any spelling.

    Allowed are the policy's own locations with an exception, and the names that `[[watch.exemption]]` approves. Tables
    without a schema count as those of `public`. Members of documents cannot be seen in models.
    """
    __tracebackhide__ = True
    found = sorted({line for each in _each(metadata) for line in _retired_in(each, policy)})
    if found:
        pytest.fail("the models declare retired fields:\n" + "\n".join(found), pytrace=False)


def _each(metadata: sa.MetaData | Iterable[sa.MetaData]) -> Iterable[sa.MetaData]:
    return (metadata,) if isinstance(metadata, sa.MetaData) else metadata


def _retired_in(metadata: sa.MetaData, policy: Policy) -> Iterator[str]:
    names, allowed = retired_names(policy), staying_columns(policy)
    exempted = {(e.name.schema, e.name.table, e.name.column) for e in policy.watch.exemptions}
    dropped = {
        (location.table_name.schema, location.table_name.table, location.column_name): field
        for field in policy.fields
        for location in field.locations
        if location.is_whole_column
    }
    for table in metadata.tables.values():
        for column in table.columns:
            place = (table.schema or metadata.schema or "public", table.name, column.name)
            field = names.get(normal_form(column.name)) or names.get(normal_form(column.key)) or dropped.get(place)
            if field is not None and place not in allowed | exempted:
                yield f"{'.'.join(place)}: field {field.id} is retired"
