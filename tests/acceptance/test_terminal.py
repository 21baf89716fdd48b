"""The command on a terminal: the question before an erasure, and output at 80 columns."""

from __future__ import annotations

import re
import time
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from minimize.policy import load_policy
from tests.acceptance.command import minimize
from tests.acceptance.conftest import SECRET
from tests.acceptance.terminal import Terminal
from tests.integration.purge.scenario import guard, one

LEFT = "SELECT count(*) FROM app.form WHERE doc ? 'pob'"
QUESTION = "This cannot be undone. [y/N]: "
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def arguments(policy: str, url: str, *options: str) -> tuple[str, ...]:
    """Return a purge that does not rest."""
    return ("--policy", policy, "--database-url", url, "purge", "--profile", "fast", *options)


def test_an_erasure_is_confirmed(policy: str, small: str) -> None:
    """The question comes after the target; y erases."""
    with Terminal(*arguments(policy, small)) as terminal:
        before = terminal.read_until(QUESTION)
        assert re.search(r"^target: host .+, port \d+, database .+, role \w+$", before, re.MULTILINE)
        assert one(small, LEFT) == 50
        terminal.write("y\n")
        assert terminal.wait() == 0
    assert one(small, LEFT) == 0
    assert SECRET not in terminal.text


@pytest.mark.parametrize(
    ("answer", "code", "words"),
    [("n\n", 3, "not confirmed, so nothing was changed"), ("\n", 3, "give --yes"), ("\x03", 4, "error: interrupted")],
    ids=["no", "nothing", "Ctrl-C"],
)
def test_without_a_yes_nothing_is_erased(policy: str, small: str, answer: str, code: int, words: str) -> None:
    """No is the default; Ctrl-C ends the question at once."""
    with Terminal(*arguments(policy, small)) as terminal:
        terminal.read_until(QUESTION)
        time.sleep(0.5)  # a signal between the question and the read would be handled after the read only
        terminal.write(answer)
        assert terminal.wait() == code
    assert words in terminal.text
    assert "Traceback" not in terminal.text
    assert one(small, LEFT) == 50
    assert one(small, "SELECT to_regnamespace('minimize')") is None


@pytest.mark.parametrize(("option", "left"), [("--yes", 0), ("--dry-run", 50)])
def test_no_question_where_there_is_nothing_to_ask(policy: str, small: str, option: str, left: int) -> None:
    """With --yes, and in a dry run."""
    with Terminal(*arguments(policy, small, option)) as terminal:
        assert terminal.wait() == 0
    assert QUESTION not in terminal.text
    assert one(small, LEFT) == left


@pytest.mark.parametrize("command", [("purge", "--yes"), ("purge", "--dry-run"), ("status",), ("guard", "check")])
def test_lines_fit_on_80_columns(policy: str, small: str, command: tuple[str, ...]) -> None:
    """Lines of tables do, on whichever terminal; sentences are left to the terminal. Names are whole."""
    with Terminal("--policy", policy, "--database-url", small, *command) as terminal:
        assert terminal.wait() in {0, 1}
    lines = [ESCAPES.sub("", line).strip("\r") for line in terminal.text.splitlines()]
    table = [line for line in lines if re.search(r"\S {2,}\S|^─", line)]
    assert all(len(line) <= 80 for line in table), table
    assert "…" not in terminal.text


def test_no_guard_is_reported_once(policy: str, small: str) -> None:
    """With the locations by table, and not in a line for each trigger."""
    answer = minimize("--policy", policy, "--database-url", small, "guard", "check")
    assert answer.code == 1
    assert answer.out.splitlines()[:3] == [
        "not guarded: 2 of 2 location(s)",
        "  app.person: birthplace",
        "  app.form: doc $.pob",
    ]
    assert "missing" not in answer.out
    assert answer.err == "install: run the Alembic revision with op.guard_field\n"


def test_a_guard_that_drifts_is_listed(policy: str, small: str) -> None:
    """A location of which a part is there has a line for each part that is not as it should be."""
    guard(small, load_policy(Path(policy)))
    trigger = one(small, "SELECT min(tgname) FROM pg_trigger WHERE tgrelid = 'app.form'::regclass AND NOT tgisinternal")
    with psycopg.connect(small) as conn:
        conn.execute(sql.SQL("DROP TRIGGER {} ON app.form").format(sql.Identifier(trigger)))
    answer = minimize("--policy", policy, "--database-url", small, "guard", "check")
    (row,) = [line for line in answer.out.splitlines() if line.startswith("app.form.doc $.pob")]
    assert row.split()[-2:] == [trigger, "missing"]
    assert "not guarded" not in answer.out
