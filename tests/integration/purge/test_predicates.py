"""Exceptions and holds in SQL's logic of three values, compared with a simple model in Python."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import psycopg
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.types.json import Jsonb

from minimize.purge.options import PurgeOptions, StrategyChoice
from tests.integration.purge.scenario import at, counts, hold, policy_of, purge

COLUMN, MEMBER = "public.card.place", "public.card.form $.place"


class Row(NamedTuple):
    """A row of the table; `place` and the member `place` of `form` carry."""

    a: int | None
    b: str | None
    place: str | None
    form: dict[str, Any] | None


@dataclass(frozen=True)
class Predicate:
    """A predicate as a policy writes it, and its value for a row: true, false or NULL."""

    text: str
    of: Callable[[Row], bool | None]

    def __repr__(self) -> str:
        return self.text


def less(than: int) -> Predicate:
    """Return a comparison that is NULL if an operand is NULL."""
    return Predicate(f"a < {than}", lambda row: None if row.a is None else row.a < than)


def among(*words: str) -> Predicate:
    """Return the same for a list."""
    listed = ", ".join(f"'{word}'" for word in words)
    return Predicate(f"b IN ({listed})", lambda row: None if row.b is None else row.b in words)


def no(one: Predicate) -> Predicate:
    """Negate; NULL stays NULL."""
    return Predicate(f"NOT ({one.text})", lambda row: None if (is_so := one.of(row)) is None else not is_so)


def both(one: Predicate, other: Predicate) -> Predicate:
    """Join by AND: false decides, then NULL."""

    def of(row: Row) -> bool | None:
        found = {one.of(row), other.of(row)}
        return False if False in found else None if None in found else True

    return Predicate(f"({one.text}) AND ({other.text})", of)


def either(one: Predicate, other: Predicate) -> Predicate:
    """Join by OR: true decides, then NULL."""

    def of(row: Row) -> bool | None:
        found = {one.of(row), other.of(row)}
        return True if True in found else None if None in found else False

    return Predicate(f"({one.text}) OR ({other.text})", of)


simple = st.one_of(
    st.integers(0, 4).map(less),
    st.sampled_from([("x",), ("x", "y"), ("z",)]).map(lambda words: among(*words)),
    st.just(Predicate("a IS NULL", lambda row: row.a is None)),
    st.sampled_from([Predicate("NULL", lambda _: None), Predicate("true", lambda _: True)]),
)
predicates = st.recursive(
    simple, lambda p: st.one_of(p.map(no), st.builds(both, p, p), st.builds(either, p, p)), max_leaves=4
)
forms = st.sampled_from([None, {}, {"x": 1}, {"place": None}, {"place": "Kent"}, {"place": "Kent", "x": [1]}])
rows = st.builds(
    Row, st.none() | st.integers(0, 4), st.none() | st.sampled_from("xyz"), st.none() | st.just("Kent"), forms
)
chosen = st.fixed_dictionaries({}, optional={COLUMN: st.none() | predicates, MEMBER: st.none() | predicates}).filter(
    bool
)


def carries(row: Row, location: str) -> bool:
    """Whether the value is there."""
    return row.place is not None if location == COLUMN else (row.form or {}).get("place") is not None


def without(row: Row, location: str) -> Row:
    """Take it out."""
    if location == COLUMN:
        return row._replace(place=None)
    return row._replace(form={key: value for key, value in (row.form or {}).items() if key != "place"})


def expected(
    table: list[Row], keeps: dict[str, Predicate | None], holds: list[Predicate]
) -> tuple[list[Row], dict[str, tuple[int, int, int, int]]]:
    """Return what a purge leaves, and erased, exempt, held and left by location."""
    left, counted = list(table), {location: [0, 0, 0, 0] for location in keeps}
    for number, row in enumerate(table):
        for location, keep in keeps.items():
            if not carries(row, location):
                continue
            is_exempt = keep is not None and keep.of(row) is True
            is_held = any(hold.of(row) is not False for hold in holds)
            counted[location][1 if is_exempt else 2 if is_held else 0] += 1
            if not is_exempt and not is_held:
                left[number] = without(left[number], location)
    return left, {location: (n[0], n[1], n[2], n[3]) for location, n in counted.items()}


def load(url: str, table: list[Row]) -> None:
    """Create the table again."""
    with psycopg.connect(url, autocommit=True) as conn:
        conn.execute("DROP TABLE IF EXISTS card")
        conn.execute("CREATE TABLE card (id int PRIMARY KEY, a int, b text, place text, form jsonb)")
        values = [(n, r.a, r.b, r.place, None if r.form is None else Jsonb(r.form)) for n, r in enumerate(table)]
        with conn.cursor() as cursor:
            cursor.executemany("INSERT INTO card VALUES (%s, %s, %s, %s, %s)", values)


def read(url: str) -> list[Row]:
    """Return its rows in their order."""
    with psycopg.connect(url) as conn:
        return [Row(*row) for row in conn.execute("SELECT a, b, place, form FROM card ORDER BY id")]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    table=st.lists(rows, max_size=40),
    keeps=chosen,
    holds=st.lists(predicates, max_size=2),
    strategy=st.sampled_from(["cascade", "sequential"]),
)
def test_a_purge_takes_what_no_exception_and_no_hold_keeps(
    database: str,
    table: list[Row],
    keeps: dict[str, Predicate | None],
    holds: list[Predicate],
    strategy: StrategyChoice,
) -> None:
    """An exception keeps rows for which it is true; a hold keeps rows for which it is not false."""
    paths = {COLUMN: ("public.card.place", None), MEMBER: ("public.card.form", "$.place")}
    sections = [at(*paths[name], keep=keep.text if keep else None) for name, keep in keeps.items()]
    sections += [hold("public.card", p.text, name=f"hold-{number}") for number, p in enumerate(holds)]
    load(database, table)
    result = purge(database, policy_of(*sections), PurgeOptions(strategy=strategy))
    assert (read(database), counts(result)) == expected(table, keeps, holds)
