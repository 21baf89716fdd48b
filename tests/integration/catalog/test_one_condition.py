"""A predicate of the policy is one SQL condition: other text is refused, and never executed."""

from __future__ import annotations

import pytest

from minimize.catalog.policy_fit.check import check_survey
from minimize.catalog.row_counts import count_rows
from minimize.errors import DatabaseError, PolicyError
from tests.integration.migrate.estate import BIRTHPLACE, DISPOSITION, Estate, policy_text

TABLES = (
    "CREATE SCHEMA lab",
    "CREATE TABLE lab.person (id integer, kind text, birthplace text)",
    "INSERT INTO lab.person VALUES (1, 'DL', 'x')",
    "CREATE TABLE lab.canary ()",
)
SECOND_STATEMENT = "true); COMMIT; DROP TABLE lab.canary; SELECT (true"


def hold(rows: str) -> str:
    """Return a hold on the table as a section of the policy."""
    return f'[[hold]]\nid = "h"\nkind = "audit"\nauthority = "a"\ntable = "lab.person"\nrows = """{rows}"""\n'


def under(estate: Estate, policy: str) -> Estate:
    """Return the database with its tables, under a policy."""
    estate.run(*TABLES)
    return estate.under(policy)


@pytest.mark.majors
@pytest.mark.parametrize(
    "rows",
    [
        SECOND_STATEMENT,
        "true; COMMIT; DROP TABLE lab.canary; SELECT true",
        "true) OR (true",
        "true)) OR ((true",
        "true GROUP BY 1",
        "true FOR UPDATE",
        "true /*",
        "true UNION SELECT 1",
    ],
)
def test_a_hold_that_is_not_one_condition_is_refused(estate: Estate, rows: str) -> None:
    """The policy check names the hold, and no part of its text is executed."""
    odd = under(estate, policy_text(rest=DISPOSITION + hold(rows)))
    with odd.connect() as conn, pytest.raises(PolicyError) as refused:
        check_survey(conn, odd.survey(conn))
    assert "hold h: rows" in refused.value.message
    assert "one SQL condition" in refused.value.hint
    assert odd.ask("SELECT to_regclass('lab.canary') IS NOT NULL")


@pytest.mark.parametrize(
    "rows",
    [
        "kind = 'a;b' OR kind = ')'",
        "true -- a comment )",
        "kind <> $$a)$$",
        "(id) IN (SELECT id FROM lab.person AS p) AND (true)",
        "/* ) */ true",
    ],
)
def test_a_condition_may_contain_any_characters(estate: Estate, rows: str) -> None:
    """Semicolons and parentheses in literals and comments are part of one condition."""
    sound = under(estate, policy_text(rest=DISPOSITION + hold(rows)))
    with sound.connect() as conn:
        check_survey(conn, sound.survey(conn))
        ((_, site),) = sound.survey(conn).sites()
    assert site.name == "lab.person.birthplace"


def test_a_count_executes_no_second_statement(estate: Estate) -> None:
    """Commands that count without the policy check, such as verify, execute one statement only."""
    rows = "true))) FROM lab.person AS person; DROP TABLE lab.canary; COMMIT; SELECT (((true"
    odd = under(estate, policy_text(rest=DISPOSITION + hold(rows)))
    with odd.connect() as conn, pytest.raises(DatabaseError):
        count_rows(conn, odd.survey(conn).tables[0])
    assert odd.ask("SELECT to_regclass('lab.canary') IS NOT NULL")


def test_an_exception_with_a_second_statement_is_refused(estate: Estate) -> None:
    """The text after a semicolon is not ignored."""
    text = f"{BIRTHPLACE}\nkeep_where = {{ enhanced = \"kind = 'EDL'; DROP TABLE lab.canary\" }}"
    odd = under(estate, policy_text(text))
    with odd.connect() as conn, pytest.raises(PolicyError, match="cannot be parsed"):
        check_survey(conn, odd.survey(conn))
    assert odd.ask("SELECT to_regclass('lab.canary') IS NOT NULL")


def test_the_policy_may_contain_the_dollar_quotes_of_the_guard(estate: Estate) -> None:
    """A literal with $guard$ or $minimize$ neither ends a function body nor starts other SQL."""
    text = f"{BIRTHPLACE}\nkeep_where = {{ enhanced = \"kind = '$guard$ $minimize$ $watch$'\" }}"
    quoted = under(estate, policy_text(text))
    quoted.guard()
    quoted.run("INSERT INTO lab.person VALUES (2, '$guard$ $minimize$ $watch$', 'kept')")
    assert quoted.ask("SELECT count(*) FROM lab.person WHERE birthplace = 'kept'") == 1
