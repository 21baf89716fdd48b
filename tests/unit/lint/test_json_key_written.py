"""MZL005: findings and clean code."""

from __future__ import annotations

import pytest

from tests.unit.lint.conftest import Rules


@pytest.mark.parametrize(
    "code",
    [
        '{"bornIn": x}',
        'a.form["pob"] = 1',
        'a.setdefault("pob", 1)',
        "a.update(pob=1)",
        '[{"x": {"placeOfBirth": 1}}]',
        '{"home town": x}',
    ],
)
def test_python_keys_are_found(found: Rules, code: str) -> None:
    """Written keys are found, in the exact spelling of an alias, a path or an hstore key of the policy."""
    assert [f.split()[1] for f in found(code)] == ["MZL005"]


@pytest.mark.parametrize(
    "code",
    [
        '{"BornIn": x, "POB": 1}',
        'a.form["pob"]',
        'del a["pob"]',
        'a.pop("pob")',
        'a.get("pob")',
        '{"pob": None, **x}',
        "f(pob=1)",
    ],
)
def test_other_python_keys_are_clean(found: Rules, code: str) -> None:
    """Reading, removing, other spellings, and None are allowed."""
    assert found(code) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE a SET form = jsonb_set(form, '{applicant,bornIn}', x)",
        "UPDATE a SET form = jsonb_set(form, ARRAY['applicant', 'bornIn']::text[], x)",
        "UPDATE a SET form['bornIn'] = '1'",
        "UPDATE a SET form = form || '{\"bornIn\": 1}'",
        "INSERT INTO a (form) VALUES (jsonb_build_object('x', 1, 'bornIn', 2))",
        'INSERT INTO a (form) VALUES (\'{"x": [{"bornIn": 1}]}\'::jsonb)',
        "SELECT JSON_OBJECT('bornIn': 1)",
    ],
)
def test_sql_keys_are_found(found: Rules, statement: str) -> None:
    """Every function of PostgreSQL that writes a member is checked."""
    assert [f.split()[1] for f in found(statement, "case.sql")] == ["MZL005"]


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT form->>'bornIn' FROM a WHERE form @> '{\"bornIn\": 1}'",
        "UPDATE a SET form = form - 'bornIn'",
        "UPDATE a SET form = form #- '{applicant,bornIn}'",
        "UPDATE core.application SET form = jsonb_set(form, '{applicant,bornIn}', x)",
        "UPDATE core.application SET form['bornIn'] = '1'",
        "INSERT INTO core.application (x, form) VALUES (1, '{\"bornIn\": 1}')",
        "INSERT INTO core.application (x, form) SELECT 1, jsonb_build_object('bornIn', 2)",
        "SELECT jsonb_build_object('x', 'bornIn')",
        "INSERT INTO a (form) VALUES ('{\"x\": \"bornIn\"}'), ('{\"bornIn\": null}'), ('{bornIn')",
    ],
)
def test_other_sql_is_clean(found: Rules, statement: str) -> None:
    """Reading, removing, and writing to a column that the policy keeps for exempt rows are allowed."""
    assert found(statement, "case.sql") == []
