"""Core and bulk statements: a retired column may be given NULL only, and nothing else reaches the server."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.dialects.postgresql import insert

from minimize.errors import RetiredFieldError

from .conftest import SECRET

Write = Callable[[orm.Session, Any, Any], Any]

CARRYING = {"applicant": {"pob": SECRET}}
HARMLESS = {"applicant": {"name": "x"}}


def upsert(table: Any) -> Any:
    """An insert that meets the row that is there."""
    return insert(table).values(person_id=1, name="x")


def cte(table: Any, value: Any) -> Any:
    """A SELECT that writes in its CTE."""
    return sa.select(sa.literal(1)).add_cte(sa.update(table).values(birth_place=value).cte("w"))


# Each with the place for the value.
WRITES: dict[str, Callable[[orm.Session, Any, Any], Any]] = {
    "insert values": lambda s, m, v: s.execute(sa.insert(m.table).values(name="x", birth_place=v)),
    "insert column key": lambda s, m, v: s.execute(
        sa.insert(m.table).values({m.table.c.name: "x", m.table.c.birth_place: v})
    ),
    "insert tuple": lambda s, m, v: s.execute(sa.insert(m.table).values((7, "x", v))),
    "insert parameters": lambda s, m, v: s.execute(sa.insert(m.table), {"name": "x", "birth_place": v}),
    "insert many": lambda s, m, v: s.connection().execute(
        sa.insert(m.table), [{"name": "x", "birth_place": None}, {"name": "y", "birth_place": v}]
    ),
    "insert multi-values": lambda s, m, v: s.execute(
        sa.insert(m.table).values([{"name": "x", "birth_place": None}, {"name": "y", "birth_place": v}])
    ),
    "insert tuples": lambda s, m, v: s.execute(sa.insert(m.table).values([(7, "x", None), (8, "y", v)])),
    "insert bind": lambda s, m, v: s.execute(
        sa.insert(m.table).values(name="x", birth_place=sa.bindparam("given")), {"given": v}
    ),
    "insert returning": lambda s, m, v: s.execute(
        sa.insert(m.table).values(name="x", birth_place=v).returning(m.table.c.person_id)
    ),
    "insert from select": lambda s, m, v: s.execute(
        sa.insert(m.table).from_select(["name", "birth_place"], sa.select(m.table.c.name, sa.literal(v, sa.Text)))
    ),
    "insert from union": lambda s, m, v: s.execute(
        sa.insert(m.table).from_select(
            ["name", "birth_place"],
            sa.union_all(
                sa.select(m.table.c.name, sa.cast(sa.null(), sa.Text)),
                sa.select(m.table.c.name, sa.cast(sa.literal(v, sa.Text), sa.Text)),
            ),
        )
    ),
    "on conflict": lambda s, m, v: s.execute(
        upsert(m.table).on_conflict_do_update(index_elements=["person_id"], set_={"birth_place": v})
    ),
    "on conflict column": lambda s, m, v: s.execute(
        upsert(m.table).on_conflict_do_update(index_elements=["person_id"], set_={m.table.c.birth_place: v})
    ),
    "excluded": lambda s, m, v: s.execute(
        (statement := upsert(m.table).values(birth_place=v)).on_conflict_do_update(
            index_elements=["person_id"], set_={"birth_place": statement.excluded.birth_place}
        )
    ),
    "update values": lambda s, m, v: s.execute(sa.update(m.table).values(birth_place=v)),
    "update parameters": lambda s, m, v: s.connection().execute(
        sa.update(m.table).where(m.table.c.person_id == sa.bindparam("p")), [{"p": 1, "birth_place": v}]
    ),
    "update ordered": lambda s, m, v: s.execute(
        sa.update(m.table).ordered_values((m.table.c.name, "x"), (m.table.c.birth_place, v))
    ),
    "update in a CTE": lambda s, m, v: s.execute(cte(m.table, v)),
    "orm insert": lambda s, m, v: s.execute(sa.insert(m.Person).values(name="x", birthplace=v)),
    "orm bulk insert": lambda s, m, v: s.execute(
        sa.insert(m.Person), [{"name": "x", "birthplace": v}, {"name": "y", "birthplace": v}]
    ),
    "orm upsert": lambda s, m, v: s.execute(
        upsert(m.Person).on_conflict_do_update(index_elements=["person_id"], set_={"birth_place": v})
    ),
    "orm update": lambda s, m, v: s.execute(sa.update(m.Person).values(birthplace=v)),
    "orm update of a synonym": lambda s, m, v: s.execute(sa.update(m.Person).values(origin=v)),
    "orm update of a hybrid": lambda s, m, v: s.execute(sa.update(m.Person).values({m.Person.born_in: v})),
    "orm bulk update": lambda s, m, v: (
        s.execute(sa.update(m.Person), [{"person_id": 1, "birthplace": v}, {"person_id": 2, "birthplace": None}])
        if v is not None
        else None
    ),
    "query update": lambda s, m, v: s.query(m.Person).update({"birthplace": v}),
    "bulk_insert_mappings": lambda s, m, v: s.bulk_insert_mappings(m.Person, [{"name": "x", "birthplace": v}]),
    "bulk_update_mappings": lambda s, m, v: s.bulk_update_mappings(m.Person, [{"person_id": 1, "birthplace": v}]),
    "json": lambda s, m, v: s.execute(sa.insert(m.table).values(name="x", form=v and CARRYING)),
    "json text": lambda s, m, v: s.execute(sa.insert(m.table).values(name="x", envelope={"pob": v})),
    "json many": lambda s, m, v: s.connection().execute(
        sa.insert(m.table), [{"name": "x", "form": HARMLESS}, {"name": "x", "form": v and CARRYING}]
    ),
}


@pytest.mark.parametrize("way", WRITES)
def test_a_value_is_refused_before_it_is_sent(session: orm.Session, models: Any, sent: list[str], way: str) -> None:
    """Every way to write the value raises, and no statement reaches the driver."""
    with pytest.raises(RetiredFieldError) as caught:
        WRITES[way](session, models, SECRET)
    assert sent == []
    assert SECRET not in str(caught.value) + caught.value.hint + repr(caught.value.__dict__)


@pytest.mark.parametrize("way", WRITES)
def test_null_passes(session: orm.Session, models: Any, sent: list[str], way: str) -> None:
    """The same statement with NULL is accepted."""
    WRITES[way](session, models, None)
    assert sent or way == "orm bulk update"


@pytest.mark.parametrize("way", WRITES)
def test_a_cached_statement_is_judged_by_its_own_values(session: orm.Session, models: Any, way: str) -> None:
    """A statement that SQLAlchemy has compiled for other values before is refused all the same."""
    with session.begin_nested():
        WRITES[way](session, models, None)
    session.rollback()
    with pytest.raises(RetiredFieldError):
        WRITES[way](session, models, SECRET)


@pytest.mark.parametrize(
    "expression",
    [
        pytest.param(lambda t: sa.func.upper(t.c.name), id="function"),
        pytest.param(lambda t: t.c.name, id="another column"),
        pytest.param(lambda _: sa.text("'x'"), id="text"),
        pytest.param(lambda t: sa.select(t.c.name).limit(1).scalar_subquery(), id="subquery"),
    ],
)
def test_a_computed_value_is_refused(session: orm.Session, models: Any, expression: Any) -> None:
    """An SQL expression counts as a value."""
    with pytest.raises(RetiredFieldError):
        session.execute(sa.update(models.table).values(birth_place=expression(models.table)))


@pytest.mark.parametrize(
    "expression",
    [
        pytest.param(lambda _: sa.null(), id="null"),
        pytest.param(lambda _: sa.text("NULL"), id="text"),
        pytest.param(lambda _: sa.literal_column("NULL"), id="literal column"),
        pytest.param(lambda _: sa.cast(None, sa.Text), id="cast"),
        pytest.param(lambda t: t.c.birth_place, id="itself"),
    ],
)
def test_an_expression_that_brings_nothing_passes(session: orm.Session, models: Any, expression: Any) -> None:
    """NULL in any spelling, and the column itself, are no value."""
    result = session.connection().execute(sa.update(models.table).values(birth_place=expression(models.table)))
    assert result.rowcount == 1


@pytest.mark.usefixtures("protection")
def test_a_constant_default_of_the_model_is_refused(engine: sa.Engine) -> None:
    """A default that the model fills in is a value like any other."""
    table = sa.Table(
        "person", sa.MetaData(), sa.Column("name", sa.Text), sa.Column("birth_place", sa.Text, default="unknown")
    )
    with engine.begin() as conn, pytest.raises(RetiredFieldError):
        conn.execute(sa.insert(table).values(name="x"))


def test_an_exception_leaves_it_to_the_database(session: orm.Session, models: Any) -> None:
    """Where keep_where may allow the value, the application cannot know."""
    session.execute(sa.insert(models.table).values(name="Eve", kept=SECRET))
    assert session.scalar(sa.select(models.table.c.kept).where(models.table.c.name == "Eve")) == SECRET


@pytest.mark.parametrize("document", [None, {}, {"applicant": {"pob": None}}, {"pob": SECRET}, sa.JSON.NULL])
def test_a_document_without_the_path_passes(session: orm.Session, models: Any, document: Any) -> None:
    """JSON null is no value, and the same name elsewhere in a document is not the field."""
    session.execute(sa.insert(models.table).values(name="x", form=document))
    assert session.scalar(sa.select(sa.func.count()).where(models.table.c.name == "x")) == 1


def test_another_table_is_not_looked_at(session: orm.Session) -> None:
    """A column of the same name in a table that the policy does not name is free."""
    table = sa.Table("other", sa.MetaData(), sa.Column("birth_place", sa.Text), prefixes=["TEMPORARY"])
    table.create(session.connection())
    session.execute(sa.insert(table).values(birth_place=SECRET))
    assert session.scalar(sa.select(table.c.birth_place)) == SECRET


@pytest.mark.usefixtures("protection")
def test_a_schema_is_translated(engine: sa.Engine) -> None:
    """The schema that counts is the one the statement is run against."""
    table = sa.Table("person", sa.MetaData(), sa.Column("birth_place", sa.Text), schema="tenant")
    with engine.begin() as conn, pytest.raises(RetiredFieldError):
        conn.execution_options(schema_translate_map={"tenant": "core"}).execute(
            sa.update(table).values(birth_place=SECRET)
        )
