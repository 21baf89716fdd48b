"""Conflicting locations of one column are refused; locations that only share the column are accepted."""

from __future__ import annotations

import pytest

from minimize.errors import PolicyError
from tests.integration.purge.scenario import at, counts, execute, guard, one, policy_of, purge

pytestmark = pytest.mark.majors

SCHEMA = """
CREATE TABLE note (id int, body text, doc jsonb);
INSERT INTO note SELECT n, 'a foo b', '{"person": [{"pob": "Kent", "name": "x"}]}' FROM generate_series(1, 10) AS n;
"""
EVEN, ODD = "id % 2 = 0", "id % 2 = 1"


def place(pattern: str, replacement: str) -> str:
    """Return a pattern location in the text of the note."""
    return f"{at('public.note.body')}\npattern = '{pattern}'\nreplacement = '{replacement}'"


@pytest.mark.parametrize("replacement", ["foo", "baz"])
@pytest.mark.parametrize("is_first", [True, False])
def test_a_replacement_that_another_pattern_matches_is_refused(
    database: str, replacement: str, *, is_first: bool
) -> None:
    """A pattern that matches the replacement of another is refused: the purge would not end."""
    execute(database, SCHEMA)
    places = [place("foo", "[bar]"), place("b[a]r", replacement)]
    with pytest.raises(PolicyError, match=r"body foo: replacement: public\.note\.body b\[a\]r matches it"):
        purge(database, policy_of(*places if is_first else reversed(places)))
    assert one(database, "SELECT count(*) FROM note WHERE body ~ 'foo'") == 10


@pytest.mark.parametrize(
    "pairs",
    [
        [("foo", "bar"), ("zoo", "bar")],
        [("foo", "POB: [removed]"), (r"POB:[^\n]*", "POB: [removed]")],
        [("(f)oo", r"<\1>"), ("b+", "c")],
    ],
)
def test_patterns_that_do_not_conflict_are_accepted(database: str, pairs: list[tuple[str, str]]) -> None:
    """A replacement may match another pattern with the same replacement."""
    execute(database, SCHEMA)
    policy = policy_of(*(place(*pair) for pair in pairs))
    guard(database, policy)
    assert counts(purge(database, policy))[f"public.note.body {pairs[0][0]}"] == (10, 0, 0, 0)


@pytest.mark.parametrize(
    ("outer", "inner"),
    [("$.person", "$.person.pob"), ("$.person", "$[*].person.pob"), ("$[*].person", "$.person"), (None, "$.person")],
)
@pytest.mark.parametrize("keep", [None, ODD])
def test_an_exception_inside_an_erased_value_is_refused(
    database: str, outer: str | None, inner: str, keep: str | None
) -> None:
    """An exception is refused if an enclosing member or the whole column is erased."""
    execute(database, SCHEMA)
    sections = at("public.note.doc", inner, keep=EVEN), at("public.note.doc", outer, keep=keep)
    with pytest.raises(PolicyError, match="which would erase what its keep_where keeps"):
        purge(database, policy_of(*sections))
    assert one(database, "SELECT count(*) FROM note WHERE doc @? '$.person.pob'") == 10


@pytest.mark.parametrize(("inner", "kept"), [(None, 0), (EVEN, 5)])
def test_a_part_of_a_kept_value_may_be_erased(database: str, inner: str | None, kept: int) -> None:
    """The same exception at both, or none at the part, is accepted."""
    execute(database, SCHEMA)
    policy = policy_of(
        at("public.note.doc", "$.person", keep=EVEN),
        at("public.note.doc", "$.person.pob", keep=inner),
        at("public.note.doc", "$.personal", keep=ODD),
    )
    guard(database, policy)
    purge(database, policy)
    assert one(database, "SELECT count(*) FROM note WHERE doc @? '$.person.name'") == 5
    assert one(database, "SELECT count(*) FROM note WHERE doc @? '$.person.pob'") == kept
