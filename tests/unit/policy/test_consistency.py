"""Tests of the rules between the sections of a policy."""

from __future__ import annotations

import pytest

from minimize.errors import PolicyError
from minimize.policy import parse_policy
from minimize.policy.consistency import find_contradictions

SECOND_FIELD = """
[[field]]
id = "birth_country"
title = "Country of birth"
authorities = ["rule"]
[[field.location]]
column = "core.application.birth_country"
"""


@pytest.mark.parametrize(
    ("old", "new", "line", "key", "what"),
    [
        (
            "[[hold]]",
            '[[authority]]\nid="rule"\ncitation="c"\ntitle="t"\neffective=2018-01-01\n[[hold]]',
            34,
            "authority[1].id",
            "the authority 'rule' is already at authority[0].id",
        ),
        (
            "[[hold]]",
            SECOND_FIELD.replace("birth_country", "place_of_birth", 1) + "[[hold]]",
            35,
            "field[1].id",
            "the field 'place_of_birth' is already at field[0].id",
        ),
        (
            'status = "needs-legal-confirmation"',
            'status="confirmed"\n[[field.exception]]\nid="enhanced"\nauthorities=["rule"]\nstatus="confirmed"',
            25,
            "field[0].exception[1].id",
            "the exception 'enhanced' is already at field[0].exception[0].id",
        ),
        (
            "[[hold]]",
            '[[hold]]\nid="request"\nkind="audit"\nauthority="a"\ntable="a.b"\nrows="x"\n[[hold]]',
            40,
            "hold[1].id",
            "the hold 'request' is already at hold[0].id",
        ),
        (
            '"pob"]',
            '"pob", "POB"]',
            18,
            "field[0].aliases[2]",
            "the alias 'pob' is already at field[0].aliases[1]",
        ),
        (
            "[[hold]]",
            '[[field.location]]\ncolumn = "core.\\"application\\".place_of_birth"\n[[hold]]',
            33,
            "field[0].location[2]",
            "is already at field[0].location[0]",
        ),
        (
            "[[hold]]",
            SECOND_FIELD.replace("application.birth_country", "application.place_of_birth") + "[[hold]]",
            38,
            "field[1].location[0]",
            "is already at field[0].location[0]",
        ),
        (
            'authorities = ["rule"]\naliases',
            'authorities = ["rule", "rulle"]\naliases',
            17,
            "field[0].authorities[1]",
            "no [[authority]] has the id 'rulle'",
        ),
        (
            'authorities = ["rule"]\nstatus',
            'authorities = ["other"]\nstatus',
            22,
            "field[0].exception[0].authorities[0]",
            "no [[authority]] has the id 'other'",
        ),
        (
            "{ enhanced =",
            "{ enhancd =",
            27,
            "field[0].location[0].keep_where.enhancd",
            "no [[field.exception]] of this field has the id 'enhancd'",
        ),
    ],
)
def test_contradictions(good: str, old: str, new: str, line: int, key: str, what: str) -> None:
    """Each contradiction is reported at its line and key."""
    assert old in good
    with pytest.raises(PolicyError) as caught:
        parse_policy(good.replace(old, new, 1), "x.toml")
    (problem,) = caught.value.problems
    assert (problem.line, problem.key) == (line, key)
    assert what in problem.what
    assert problem.hint.endswith(".")


def test_what_is_allowed(good: str) -> None:
    """An exception no location uses, and a hold on a table without a location, contradict nothing."""
    text = good.replace("keep_where = { enhanced = \"app_type = 'EDL'\" }\n", "")
    text = text.replace('table = "core.application"', 'table = "core.elsewhere"')
    assert parse_policy(text, "x.toml").holds[0].table.table == "elsewhere"


def test_two_fields_may_share_names_of_exceptions(good: str) -> None:
    """Ids of exceptions are unique within a field only."""
    second = SECOND_FIELD + '[[field.exception]]\nid="enhanced"\nauthorities=["rule"]\nstatus="confirmed"\n'
    assert len(parse_policy(good.replace("[[hold]]", second + "[[hold]]"), "x.toml").fields) == 2


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"field": 1, "authority": "x", "hold": [3]},
        {"field": [{"id": 3, "aliases": "x", "authorities": [1], "location": [1], "exception": {}}]},
        {"field": [{"location": [{"keep_where": 1, "column": 3}, {}]}]},
    ],
)
def test_malformed_parts_are_passed_over(document: dict[str, object]) -> None:
    """A malformed part is reported by its own validation only."""
    assert list(find_contradictions(document)) == []
