"""Tests of bad policy files, one mistake each: its line, its key, what is wrong and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.unit.policy.conftest import Problems

from tests.unit.policy.conftest import Problems


@pytest.mark.parametrize(
    ("old", "new", "line", "key", "what", "hint"),
    [
        (
            "schema_version = 1",
            "schema_version = 2",
            1,
            "schema_version",
            "this policy has schema_version 2; this minimize reads 1",
            "Upgrade",
        ),
        (
            "schema_version = 1",
            "schema_version = 0",
            1,
            "schema_version",
            "there is no schema_version 0",
            "= 1",
        ),
        (
            "schema_version = 1",
            "schema_version = true",
            1,
            "schema_version",
            "expected a whole number, found true or false",
            "version of this file format",
        ),
        ("schema_version = 1", "", 1, "schema_version", "required key is missing", "Add schema_version"),
        (
            'title = "Place of birth is',
            'titel = "Place of birth is',
            5,
            "policy.titel",
            "unknown key",
            'Did you mean "title"? Keys here: id, jurisdiction, title.',
        ),
        (
            'jurisdiction = "US-WA"',
            "",
            3,
            "policy.jurisdiction",
            "required key is missing",
            "the jurisdiction of the law",
        ),
        ('id = "place-of-birth"', 'id = "Place of birth"', 4, "policy.id", "not an id", "Choose an id"),
        (
            'id = "place-of-birth"',
            "id = 7",
            4,
            "policy.id",
            "expected text in quotes, found a whole number",
            "id",
        ),
        (
            "2018-05-19",
            '"2018-05-19"',
            12,
            "authority[0].effective",
            "expected a date without quotes",
            "the day",
        ),
        (
            "2018-05-19",
            "2018-05-19T00:00:00",
            12,
            "authority[0].effective",
            "found a date with a time",
            "the day",
        ),
        (
            "[[authority]]",
            "[authority]",
            8,
            "authority",
            "expected an array, found a table",
            "Write [[authority]]",
        ),
        (
            'authorities = ["rule"]\naliases',
            "authorities = []\naliases",
            17,
            "field[0].authorities",
            "must not be empty",
            "at least one",
        ),
        (
            'authorities = ["rule"]\naliases',
            'authorities = "rule"\naliases',
            17,
            "field[0].authorities",
            "expected an array, found text",
            "ids of the authorities",
        ),
        ('"pob"]', '"pob", 3]', 18, "field[0].aliases[2]", "expected text in quotes", "other names under which"),
        ('"pob"]', '"pob", " "]', 18, "field[0].aliases[2]", "must not be empty", "between the quotes"),
        (
            'aliases = ["birthplace", "pob"]',
            'on_write = "rejct"',
            18,
            "field[0].on_write",
            "expected reject, strip or warn",
            'Did you mean "reject"?',
        ),
        (
            '"needs-legal-confirmation"',
            '"maybe"',
            23,
            "field[0].exception[0].status",
            "expected needs-legal-confirmation or confirmed",
            "Choose one",
        ),
        (
            'column = "core.application.place',
            'colum = "core.application.place',
            26,
            "field[0].location[0].colum",
            "unknown key",
            'Did you mean "column"? Keys here: column, keep_where, member, table.',
        ),
        (
            'member = "placeOfBirth"',
            'membr = "placeOfBirth"',
            31,
            "field[0].location[1].membr",
            "unknown key",
            'Did you mean "member"?',
        ),
        (
            'member = "placeOfBirth"',
            'member = "placeOfBirth"\nx = 1',
            32,
            "field[0].location[1].x",
            "unknown key",
            "Keys here: column, keep_where, member.",
        ),
        (
            'member = "placeOfBirth"',
            'member = "placeOfBirth"\ntable = "a.b"',
            29,
            "field[0].location[1]",
            "member and table exclude each other",
            "Write one [[field.location]]",
        ),
        (
            'member = "placeOfBirth"',
            'member = ""',
            31,
            "field[0].location[1].member",
            "must not be empty",
            "Fill in",
        ),
        (
            "core.application.place_of_birth",
            "core.application.placeOfBirth",
            26,
            "field[0].location[0].column",
            "the part placeOfBirth needs double quotes",
            '"placeOfBirth"',
        ),
        (
            "\"app_type = 'EDL'\"",
            '"  "',
            27,
            "field[0].location[0].keep_where.enhanced",
            "must not be empty",
            "Fill",
        ),
        (
            "\"app_type = 'EDL'\"",
            "3",
            27,
            "field[0].location[0].keep_where.enhanced",
            "expected text",
            "rows to keep",
        ),
        (
            "{ enhanced = \"app_type = 'EDL'\" }",
            '"x"',
            27,
            "field[0].location[0].keep_where",
            "expected a table, found text",
            "rows to keep",
        ),
        (
            '"public-records-request"',
            '"records"',
            35,
            "hold[0].kind",
            "expected litigation, public-records-request or audit",
            "Choose one",
        ),
        (
            'table = "core.application"',
            'table = "application"',
            37,
            "hold[0].table",
            "it has 1 part",
            "schema.table",
        ),
        ('"applicant_id = 1"', '"x\\u0000"', 38, "hold[0].rows", "NUL", "Remove"),
        ("[[hold]]", '[[hold]]\n"a b" = 1', 34, 'hold[0]."a b"', "unknown key", "Keys here: authority, id"),
    ],
)
def test_each_mistake_has_its_line_key_and_next_action(
    good: str, old: str, new: str, line: int, key: str, what: str, hint: str, problems_of: Problems
) -> None:
    """One mistake is reported once, in plain words."""
    assert old in good
    (problem,) = problems_of(good.replace(old, new, 1))
    assert problem[:2] == (line, key)
    assert what in problem[2]
    assert hint in problem[3]
