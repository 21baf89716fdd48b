"""What `protect` accepts, without a server."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy import orm

from minimize.errors import RetiredFieldError, UsageError
from minimize.guard.orm import protect
from minimize.policy import Policy, parse_policy
from tests.policy_text import policy_text

LOCATION = '[[field.location]]\ncolumn = "public.person.birth_place"'


@pytest.fixture
def policy() -> Policy:
    """Return a policy that rejects."""
    return parse_policy(policy_text(LOCATION), "x.toml")


@pytest.fixture
def engine() -> sa.Engine:
    """Return an engine that never connects."""
    return sa.create_engine("postgresql+psycopg://nowhere.invalid/none")


def declare(metadata: sa.MetaData) -> type[orm.DeclarativeBase]:
    """Declare one class with the retired column."""
    base = type("Base", (orm.DeclarativeBase,), {"metadata": metadata})
    columns = {"id": sa.Column(sa.Integer, primary_key=True), "birth_place": sa.Column(sa.Text)}
    return type("Person", (base,), {"__tablename__": "person", **columns})


def test_a_factory_without_an_engine_is_refused(policy: Policy) -> None:
    """Without an engine there is nothing to protect, so it is an error."""
    with pytest.raises(UsageError, match="bound to no engine"):
        protect(orm.sessionmaker(), policy)


def test_a_scoped_session_stands_for_its_engine(policy: Policy, engine: sa.Engine) -> None:
    """The engine behind a scoped session has the same guard as the engine itself."""
    handle = protect(orm.scoped_session(orm.sessionmaker(engine)), policy)
    assert protect(engine, policy) is handle
    handle.remove()


@pytest.mark.parametrize("mode", ["strip", "warn"])
def test_another_mode_is_left_to_the_database(engine: sa.Engine, mode: str) -> None:
    """Where the database strips or warns, the application must not refuse."""
    person = declare(sa.MetaData())
    handle = protect(engine, parse_policy(policy_text(LOCATION, on_write=mode), "x.toml"), mappers=person)
    assert vars(person(birth_place="passes"))["birth_place"] == "passes"
    handle.remove()


def test_the_schema_of_the_metadata_counts(engine: sa.Engine, policy: Policy) -> None:
    """A table of the same name in another schema is another table."""
    person = declare(sa.MetaData(schema="archive"))
    handle = protect(engine, policy, mappers=person)
    assert vars(person(birth_place="passes"))["birth_place"] == "passes"
    handle.remove()


def test_only_the_named_registries_refuse(engine: sa.Engine, policy: Policy) -> None:
    """With `mappers`, the classes of another base are free."""
    meant, other = declare(sa.MetaData()), declare(sa.MetaData())
    handle = protect(engine, policy, mappers=[meant])
    assert vars(other(birth_place="passes"))["birth_place"] == "passes"
    with pytest.raises(RetiredFieldError):
        meant(birth_place="is refused")
    handle.remove()
