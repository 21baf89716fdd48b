"""A proof for other exceptions proves nothing, and is removed."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from minimize.catalog.connection import connect
from minimize.errors import RefusedError
from minimize.purge.run.engine import Purge
from tests.integration.migrate.estate import BIRTHPLACE, Estate, policy_text

pytestmark = pytest.mark.majors

KEEPING = policy_text(f"{BIRTHPLACE}\nkeep_where = {{ enhanced = \"kind = 'EDL'\" }}")
PLAIN = policy_text(BIRTHPLACE)


@pytest.fixture
def purged(database: str, tmp_path: Path) -> Estate:
    """Provide a table purged with an exception, with an exempt value and a proof."""
    made = Estate.create(database, tmp_path, KEEPING)
    made.run(
        "CREATE SCHEMA lab",
        "CREATE TABLE lab.person (id integer, kind text, birthplace text)",
        "INSERT INTO lab.person VALUES (1, 'EDL', 'Lima'), (2, 'DL', 'Oslo')",
    )
    made.guard()
    purge(made)
    return made


def purge(estate: Estate) -> None:
    """Purge with the policy of the estate."""
    with connect(estate.url) as conn:
        Purge(conn, estate.survey(conn)).run()


def proofs(estate: Estate) -> list[str]:
    """Return the validated proof constraints."""
    return estate.ask_all("SELECT conname FROM pg_constraint WHERE starts_with(conname, 'minimize_proof_')")


def test_a_withdrawn_exception_leaves_no_proof(purged: Estate) -> None:
    """If a row is no longer exempt, the drop is refused although the proof of the old policy exists."""
    plain = purged.under(PLAIN)
    plain.guard()
    with pytest.raises(RefusedError, match="still carries values"):
        plain.drop()
    purge(plain)
    plain.drop()


def test_a_new_exception_is_not_refused_by_the_old_proof(purged: Estate) -> None:
    """op.guard_field with new exceptions removes the old constraint."""
    plain = purged.under(PLAIN)
    purge(plain)
    assert len(proofs(plain)) == 1
    keeping = purged.under(KEEPING)
    keeping.guard()
    assert proofs(keeping) == []
    keeping.run("INSERT INTO lab.person VALUES (3, 'EDL', 'Lima')")
    purge(keeping)
    assert len(proofs(keeping)) == 1
    with pytest.raises(psycopg.Error):
        keeping.run("INSERT INTO lab.person VALUES (4, 'DL', 'Lima')")
