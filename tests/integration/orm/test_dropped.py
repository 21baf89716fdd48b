"""Classes that still map a column after the drop."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import orm

from minimize.errors import RefusedError
from minimize.guard.orm import protect
from minimize.policy import Policy


@pytest.fixture
def unconnected() -> sa.Engine:
    """Return an engine that never connects."""
    return sa.create_engine("postgresql+psycopg://nowhere.invalid/none")


def test_a_configured_class_is_reported_at_once(unconnected: sa.Engine, policy: Policy, models: Any) -> None:
    """Protecting fails, naming class, attribute and location, without a connection."""
    orm.configure_mappers()
    with pytest.raises(RefusedError, match=r"Person\.birthplace maps public\.person\.birth_place"):
        protect(unconnected, policy, mappers=models.Base, dropped="error")
    models.Person(birthplace="the guard is off again")


def test_a_later_class_is_reported_when_mappers_are_configured(
    unconnected: sa.Engine, policy: Policy, models: Any
) -> None:
    """The report comes with configure_mappers, not with the first query."""
    handle = protect(unconnected, policy, mappers=models.Base, dropped="error")
    with pytest.raises(RefusedError) as caught:
        orm.configure_mappers()
    handle.remove()
    assert "kept" not in caught.value.message
    assert "form" not in caught.value.message


def test_a_warning_is_enough_if_asked_for(unconnected: sa.Engine, policy: Policy, models: Any) -> None:
    """With "warn", each attribute is named once, in a warning."""
    handle = protect(unconnected, policy, mappers=models.Base, dropped="warn")
    with pytest.warns(UserWarning, match=r"Person\.birthplace maps public\.person\.birth_place, which is dropped"):
        orm.configure_mappers()
    handle.remove()


def test_nothing_is_reported_before_the_drop(unconnected: sa.Engine, policy: Policy, models: Any) -> None:
    """Before the drop a class may map the column."""
    handle = protect(unconnected, policy, mappers=models.Base)
    orm.configure_mappers()
    assert sa.inspect(models.Person).configured
    handle.remove()
