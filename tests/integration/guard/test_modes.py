"""What the guard does with a write that carries a value, mode by mode, and how it is counted."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from minimize.catalog.connection import connect
from minimize.errors import MinimizeError, RefusedError
from minimize.guard.supporting_state import read_supporting_state
from minimize.purge.run.engine import Purge
from tests.integration.migrate.estate import BIRTHPLACE, DISPOSITION, Estate, policy_text

pytestmark = pytest.mark.majors

FORM = 'column = "lab.person.form"\njson_path = "$.birthplace"'
PERSON = (
    "CREATE SCHEMA lab",
    "CREATE TABLE lab.person (id integer, kind text, form jsonb, birthplace text NOT NULL DEFAULT 'unknown')",
)


def policy(mode: str) -> str:
    """Return a policy over a column and a document, in one mode."""
    return policy_text(BIRTHPLACE, FORM, rest="", on_write=mode)


@pytest.fixture
def estate(database: str, tmp_path: Path) -> Estate:
    """Return a database with one table, not guarded yet."""
    made = Estate.create(database, tmp_path, policy("reject"))
    made.run(*PERSON)
    return made


def in_mode(estate: Estate, mode: str) -> Estate:
    """Guard the estate in a mode."""
    changed = estate.under(policy(mode))
    changed.guard()
    return changed


def write(estate: Estate, statement: bytes) -> list[str]:
    """Run a statement and return the SQLSTATEs of the warnings it raised."""
    warnings: list[str] = []
    with psycopg.connect(estate.url, autocommit=True) as conn:
        conn.add_notice_handler(lambda diag: warnings.append(diag.sqlstate or ""))
        conn.execute(statement)
    return warnings


def counts(estate: Estate) -> dict[str, int]:
    """Return what guard check counts."""
    with connect(estate.url) as conn:
        return read_supporting_state(conn, estate.survey(conn)).counts


BOTH = b"INSERT INTO lab.person VALUES (1, 'DL', '{\"birthplace\": \"Lima\", \"a\": 1}', 'Lima')"


def test_strip_takes_the_value_out_and_warns(estate: Estate) -> None:
    """The row of an old client is stored without the field, in the column and in the document."""
    stripping = in_mode(estate, "strip")
    assert write(stripping, BOTH) == ["MZ003", "MZ003"]
    assert stripping.ask_all("SELECT to_jsonb(p) FROM lab.person AS p") == [
        {"id": 1, "kind": "DL", "form": {"a": 1}, "birthplace": None}
    ]


def test_strip_refuses_what_a_later_trigger_puts_back(estate: Estate) -> None:
    """A value that a later trigger writes back cannot be stripped, so that write is refused."""
    stripping = in_mode(estate, "strip")
    stripping.run(
        "CREATE FUNCTION lab.fill() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN NEW.birthplace := 'Lima'; RETURN NEW; END $$",
        'CREATE TRIGGER "~zzz" BEFORE INSERT ON lab.person FOR EACH ROW EXECUTE FUNCTION lab.fill()',
    )
    with pytest.raises(psycopg.Error) as caught:
        write(stripping, b"INSERT INTO lab.person (id) VALUES (1)")
    assert caught.value.sqlstate == "23MZ1"
    assert {entry.problem for entry in stripping.drift()} == {"fires after the guard"}


def test_warn_lets_the_write_through(estate: Estate) -> None:
    """The row is stored unchanged, with a warning."""
    warning = in_mode(estate, "warn")
    assert write(warning, BOTH) == ["MZ003", "MZ003"]
    assert warning.ask("SELECT birthplace FROM lab.person") == "Lima"


@pytest.mark.parametrize("mode", ["strip", "warn"])
def test_a_warning_names_location_and_field(estate: Estate, mode: str) -> None:
    """A WARNING has the same fields as a refusal, so that a client need not read its message."""
    guarded = in_mode(estate, mode)
    found: list[tuple[str | None, ...]] = []
    with psycopg.connect(guarded.url, autocommit=True) as conn:
        conn.add_notice_handler(
            lambda diag: found.append((diag.sqlstate, diag.constraint_name, diag.datatype_name, diag.column_name))
        )
        conn.execute(BOTH)
    assert sorted(found, key=str) == [
        ("MZ003", "lab.person.birthplace", "birthplace", "birthplace"),
        ("MZ003", "lab.person.form $.birthplace", "birthplace", "form"),
    ]


@pytest.mark.parametrize("mode", ["strip", "warn"])
def test_strips_and_warnings_are_counted(estate: Estate, mode: str) -> None:
    """Each location counts its own, and a clean write counts nowhere."""
    guarded = in_mode(estate, mode)
    write(guarded, BOTH)
    write(guarded, b"INSERT INTO lab.person (id, birthplace) VALUES (2, 'Lima')")
    write(guarded, b"INSERT INTO lab.person (id) VALUES (3)")
    assert counts(guarded) == {"lab.person.birthplace": 2, "lab.person.form $.birthplace": 1}


def test_refusals_are_counted_though_rolled_back(estate: Estate) -> None:
    """The count survives the transaction that was refused."""
    guarded = in_mode(estate, "reject")
    for _ in range(3):
        with pytest.raises(psycopg.Error):
            write(guarded, b"INSERT INTO lab.person (id, birthplace) VALUES (2, 'Lima')")
    write(guarded, b"INSERT INTO lab.person (id) VALUES (1)")
    with pytest.raises(psycopg.Error):
        write(guarded, b"UPDATE lab.person SET birthplace = 'Lima'")
    assert counts(guarded) == {"lab.person.birthplace": 4, "lab.person.form $.birthplace": 0}
    assert guarded.ask("SELECT count(*) FROM lab.person") == 1


def test_a_change_of_mode_is_drift_until_applied(estate: Estate) -> None:
    """After a change of the policy the guard is drift until a revision follows."""
    in_mode(estate, "warn")
    rejecting = estate.under(policy("reject"))
    assert {entry.problem for entry in rejecting.drift()} == {"policy changed", "missing"}
    rejecting.guard()
    assert rejecting.problems() == set()
    with pytest.raises(psycopg.Error):
        write(rejecting, BOTH)


@pytest.mark.parametrize(("mode", "triggers"), [("strip", 4), ("warn", 2)])
def test_another_mode_removes_the_check(estate: Estate, mode: str, triggers: int) -> None:
    """A change of mode removes what the mode does not need; unguarding removes all."""
    in_mode(estate, "reject")
    changed = in_mode(estate, mode)
    assert changed.problems() == set()
    write(changed, BOTH)
    assert changed.ask_all("SELECT tgname FROM pg_trigger WHERE tgname LIKE '~%' ORDER BY 1")[triggers:] == []
    assert changed.ask("SELECT count(*) FROM pg_constraint WHERE conname LIKE '!%'") == 0
    assert changed.ask("SELECT count(*) FROM pg_proc WHERE proname LIKE 'guard%'") == 2
    changed.unguard()
    assert changed.ask("SELECT count(*) FROM pg_proc WHERE proname LIKE 'guard%'") == 0


def test_search_path_does_not_decide_what_is_exempt(estate: Estate) -> None:
    """An operator that a writer created is not used by the guard."""
    keeping = estate.under(policy("reject") + "keep_where = { enhanced = \"kind = 'EDL'\" }\n")
    keeping.guard()
    estate.run(
        "CREATE FUNCTION public.always(text, text) RETURNS boolean IMMUTABLE LANGUAGE sql RETURN true",
        "CREATE OPERATOR public.= (LEFTARG = text, RIGHTARG = text, FUNCTION = public.always)",
    )
    with pytest.raises(psycopg.Error) as caught:
        write(
            keeping,
            b"SET search_path = public, pg_catalog;"
            b" INSERT INTO lab.person (id, kind, form) VALUES (1, 'DL', '{\"birthplace\": \"Lima\"}')",
        )
    assert caught.value.sqlstate == "23MZ1"


def test_warn_leaves_no_proof_behind(estate: Estate) -> None:
    """With `warn` no constraint refuses a value, and the field cannot be dropped."""
    warning = in_mode(estate, "warn").under(policy("warn") + DISPOSITION)
    with connect(warning.url) as conn:
        Purge(conn, warning.survey(conn)).run()
    write(warning, BOTH)
    with pytest.raises(RefusedError, match='on_write = "warn"'):
        warning.drop()


def test_guarding_refuses_a_policy_that_does_not_fit(estate: Estate) -> None:
    """A misspelt predicate is found before the guard is installed, not by the first exempt row."""
    odd = estate.under(policy("reject") + "keep_where = { enhanced = \"knd = 'EDL'\" }\n")
    with pytest.raises(MinimizeError, match="knd"):
        odd.guard()
    assert odd.ask("SELECT to_regnamespace('minimize')") is None
