"""Mapped objects: an assignment is refused where it is made, and what was loaded may be sent again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import orm

from minimize.errors import RetiredFieldError
from minimize.guard.orm import protect
from minimize.policy import Policy

from .conftest import SECRET, declare


@pytest.fixture
def old(session: orm.Session, models: Any) -> Any:
    """Return the object of a row that is not purged yet."""
    return session.scalars(sa.select(models.Person)).one()


def stored(session: orm.Session, columns: str, name: str | None = None) -> Any:
    """Return columns of a row as the database has them, by default of the only row."""
    table = sa.Table("person", sa.MetaData(), autoload_with=session.connection())
    query = sa.select(*(table.c[column] for column in columns.split(", ")))
    row = session.execute(query if name is None else query.where(table.c.name == name)).one()
    return row[0] if len(row) == 1 else tuple(row)


@pytest.mark.usefixtures("protection")
@pytest.mark.parametrize("name", ["birthplace", "origin", "born_in"])
def test_a_constructor_is_refused(models: Any, name: str) -> None:
    """An object cannot be made with the value, under any of the attribute's names."""
    with pytest.raises(RetiredFieldError) as caught:
        models.Person(name="x", **{name: SECRET})
    assert caught.value.field == "place_of_birth"
    assert caught.value.location == "public.person.birth_place"
    assert caught.value.authority == "WSR 18-10-030"


@pytest.mark.parametrize("name", ["birthplace", "origin", "born_in"])
def test_an_assignment_is_refused(old: Any, name: str) -> None:
    """The value cannot be set, under any of the attribute's names."""
    with pytest.raises(RetiredFieldError):
        setattr(old, name, SECRET)


def test_none_may_be_assigned(session: orm.Session, old: Any) -> None:
    """None erases the value."""
    old.birthplace = None
    session.flush()
    assert stored(session, "birth_place") is None


def test_the_loaded_value_may_be_assigned_again(session: orm.Session, old: Any) -> None:
    """A program may copy every loaded attribute back."""
    old.birthplace, old.name = "Seattle", "New"
    session.flush()
    assert stored(session, "birth_place, name") == ("Seattle", "New")


def test_the_loaded_value_may_come_back(session: orm.Session, old: Any) -> None:
    """The new value is compared with the row, not with the last assignment."""
    old.birthplace = None
    old.birthplace = "Seattle"
    session.flush()
    assert stored(session, "birth_place") == "Seattle"


def test_a_document_keeps_what_it_carried(session: orm.Session, old: Any) -> None:
    """Another member of an unpurged document may be changed by assigning the whole document."""
    old.form = {**old.form, "n": 2}
    session.flush()
    session.expire_all()
    assert old.form["n"] == 2


def test_an_objects_neighbour_is_judged_on_its_own(session: orm.Session, old: Any, models: Any) -> None:
    """A document that may be sent again for its own row may not be written to other rows by a statement."""
    old.form = {**old.form, "n": 2}
    session.flush()
    with pytest.raises(RetiredFieldError):
        session.execute(sa.update(models.table).values(form=old.form))


def test_a_document_with_another_value_is_refused(old: Any) -> None:
    """An unpurged document may not carry a new value."""
    with pytest.raises(RetiredFieldError):
        old.form = {"applicant": {"pob": SECRET}}


def test_a_document_changed_in_place_is_left_to_the_database(session: orm.Session, old: Any) -> None:
    """SQLAlchemy keeps no original of it, so it is left to the database."""
    old.form["n"] = 3
    session.flush()
    assert stored(session, "form") == {"applicant": {"pob": "Seattle"}, "n": 3}


def test_a_new_document_changed_in_place_is_refused(session: orm.Session, models: Any, sent: list[str]) -> None:
    """An INSERT has no original to compare with."""
    person = models.Person(name="x", form={})
    session.add(person)
    person.form["applicant"] = {"pob": SECRET}
    with pytest.raises(RetiredFieldError):
        session.flush()
    assert sent == []


def test_an_exception_leaves_assignments_to_the_database(session: orm.Session, models: Any) -> None:
    """Where keep_where may allow the value, the application cannot know."""
    session.add(models.Person(name="Eve", kept=SECRET))
    session.flush()
    assert stored(session, "kept", "Eve") == SECRET


def test_an_object_made_before_the_guard_is_refused_at_flush(engine: sa.Engine, policy: Policy, models: Any) -> None:
    """A value assigned before the protection is refused at the flush."""
    person = models.Person(name="x", birthplace=SECRET)
    handle = protect(engine, policy, mappers=models.Base)
    with orm.Session(engine) as session:
        session.add(person)
        with pytest.raises(RetiredFieldError):
            session.flush()
    handle.remove()


def test_removing_lets_everything_through(engine: sa.Engine, policy: Policy, models: Any) -> None:
    """After remove(), called once or twice, neither classes nor statements are checked."""
    handle = protect(engine, policy, mappers=models.Base)
    handle.remove()
    handle.remove()
    with orm.Session(engine) as session:
        session.add(models.Person(name="x", birthplace=SECRET))
        session.flush()
        assert stored(session, "birth_place", "x") == SECRET


def test_protecting_twice_is_protecting_once(engine: sa.Engine, policy: Policy, models: Any) -> None:
    """The same engine and policy have one handle, and removing it removes all."""
    first = protect(engine, policy, mappers=models.Base)
    assert protect(engine, policy, mappers=models.Base) is first
    first.remove()
    models.Person(birthplace=SECRET)


@pytest.fixture
def late_models() -> Iterator[Any]:
    """Return a function that declares classes, and forget them."""
    made: list[Any] = []

    def make() -> Any:
        made.append(declare())
        return made[-1]

    yield make
    for each in made:
        each.Base.registry.dispose()


@pytest.mark.parametrize("is_early", [True, False])
def test_without_mappers_all_classes_are_meant(
    engine: sa.Engine, policy: Policy, late_models: Any, *, is_early: bool
) -> None:
    """Classes of the whole process refuse, whether they are configured before or after protect."""
    models = late_models() if is_early else None
    if models:
        orm.configure_mappers()
    handle = protect(engine, policy)
    models = models or late_models()
    with pytest.raises(RetiredFieldError):
        models.Person(birthplace=SECRET)
    handle.remove()
    models.Person(birthplace=SECRET)


def test_a_session_factory_stands_for_its_engine(engine: sa.Engine, policy: Policy, models: Any) -> None:
    """Protecting a sessionmaker protects what it is bound to."""
    factory = orm.sessionmaker(engine)
    handle = protect(factory, policy, mappers=models.Base)
    with factory() as session, pytest.raises(RetiredFieldError):
        session.execute(sa.update(models.table).values(birth_place=SECRET))
    handle.remove()
