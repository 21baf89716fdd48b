"""Predicates: only the names of columns are replaced."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from psycopg import sql

from minimize.errors import PolicyError
from minimize.locations import TableRow
from minimize.locations.predicate import qualify, shortened

MARK = sql.SQL("NEW")


def seen(predicate: str) -> str:
    """Return a predicate as a trigger sees it."""
    return qualify(predicate, TableRow(alias=MARK)).as_string(None)


COLUMNS = st.sampled_from(
    [
        ("kind", '"kind"'),
        ("KIND", '"kind"'),
        ('"Kind"', '"Kind"'),
        ('"two words"', '"two words"'),
        ('"do.t"', '"do.t"'),
        ('"it\'s"', '"it\'s"'),
        ("größe", '"größe"'),
        ('"Ключ"', '"Ключ"'),
        ("kind2", '"kind2"'),
    ]
)
TEXT = st.text(st.sampled_from("kind OR'\"-/*\\é🎂\n"), max_size=8)
STRINGS = TEXT.map(lambda text: "'" + text.replace("'", "''") + "'") | st.just("'kind'")
COMMENTS = st.sampled_from([" ", "\n", " /* kind */ ", " -- kind = 'x'\n", "\t", ' /* "Kind" 🎂 */ '])


@st.composite
def conditions(draw: st.DrawFn) -> tuple[str, str]:
    """Return a condition and what it must become; strings, comments, casts and calls name columns too."""
    column, expected = draw(COLUMNS)
    gap, value = draw(COMMENTS), draw(STRINGS)
    form = draw(
        st.sampled_from(
            [
                "{c}{g}={g}{v}",
                "{c}::text{g}<>{v}",
                "lower({c}){g}={v}",
                "{c} IN ({v},{g}'EDL')",
                "{c} IS NOT NULL",
                "NOT ({c}{g}LIKE {v})",
                "coalesce({c}, {v}) = {v}",
                "CASE WHEN {c} = {v} THEN true ELSE false END",
                "CAST({c} AS text) = {v}",
            ]
        )
    )
    return form.format(c=column, g=gap, v=value), form.format(c=f"NEW.{expected}", g=gap, v=value)


@given(st.lists(conditions(), min_size=1, max_size=4), st.sampled_from([" AND ", " OR ", "\nAND\n"]))
def test_only_the_columns_change(parts: list[tuple[str, str]], joint: str) -> None:
    """Strings, comments, spacing, casts and functions stay unchanged."""
    assert seen(joint.join(before for before, _ in parts)) == joint.join(after for _, after in parts)


@given(st.text(max_size=40))
def test_any_text_is_qualified_or_refused(text: str) -> None:
    """No predicate has any other outcome."""
    with suppress(PolicyError):
        assert len(seen(text)) >= len(text)


@pytest.mark.parametrize(
    "predicate",
    [
        "id IN (SELECT id FROM lab.held)",
        "EXISTS (SELECT 1)",
        "(SELECT true)",
        "id = ANY (SELECT 1)",
        "id IN (WITH x AS (SELECT 1) SELECT * FROM x)",
        "id = (SELECT max(id) FROM person)",
    ],
)
def test_another_table_is_refused(predicate: str) -> None:
    """A trigger and a CHECK have one row, so a predicate may not read others."""
    with pytest.raises(PolicyError, match="reads another table"):
        seen(predicate)


@pytest.mark.parametrize("predicate", ["p.kind = 'EDL'", "lab.person.kind = 'EDL'", "NEW.kind = 'EDL'"])
def test_a_column_through_a_table_is_refused(predicate: str) -> None:
    """The row has no name of its own here."""
    with pytest.raises(PolicyError, match="names a column through a table"):
        seen(predicate)


@pytest.mark.parametrize("predicate", ["", "kind =", "kind = 'EDL' AND", "(kind", "true) OR (true", "'open"])
def test_what_does_not_parse_is_refused(predicate: str) -> None:
    """The message quotes the predicate's beginning and the hint shows a good one."""
    with pytest.raises(PolicyError, match="cannot be parsed") as caught:
        seen(predicate)
    assert "Write one SQL condition" in caught.value.hint


@pytest.mark.parametrize(
    ("predicate", "expected"),
    [
        ("form->>'kind' = 'EDL'", "NEW.\"form\"->>'kind' = 'EDL'"),
        ("kind = 'EDL'::lab.kind", "NEW.\"kind\" = 'EDL'::lab.kind"),
        ("lab.is_kept(kind, 'kind')", "lab.is_kept(NEW.\"kind\", 'kind')"),
        ("filed_on >= date '2018-01-01'", "NEW.\"filed_on\" >= date '2018-01-01'"),
        ("extract(year FROM filed_on) > 2013", 'extract(year FROM NEW."filed_on") > 2013'),
        ("kind ~ '^E' IS TRUE", "NEW.\"kind\" ~ '^E' IS TRUE"),
        ("kind = E'it\\'s'", "NEW.\"kind\" = E'it\\'s'"),
        ("kind = $$kind$$", 'NEW."kind" = $$kind$$'),
        ("kind BETWEEN low AND high", 'NEW."kind" BETWEEN NEW."low" AND NEW."high"'),
        ("true", "true"),
        ("ÄB = 'x'", "NEW.\"Äb\" = 'x'"),
        ("kind = 'EDL' -- the last word: kind", "NEW.\"kind\" = 'EDL' -- the last word: kind"),
    ],
)
def test_the_shapes_that_policies_use(predicate: str, expected: str) -> None:
    """Operators, casts, calls, literals and comments stay unchanged; only ASCII capitals are folded."""
    assert seen(predicate) == expected


def test_two_statements_are_refused() -> None:
    """A predicate is one condition."""
    with pytest.raises(PolicyError):
        seen("kind = 'EDL'; DROP TABLE person")


def test_a_long_predicate_is_shortened() -> None:
    """A message quotes at most 60 characters of it, on one line."""
    assert shortened("kind  =\n 'x'") == "\"kind = 'x'\""
    assert len(shortened("kind = 'x' OR " * 20)) <= 62
