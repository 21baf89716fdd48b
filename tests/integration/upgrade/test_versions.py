"""The version of the state: created, upgraded once, refused if it is newer, readable by roles that read the state."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import LiteralString

import psycopg
import pytest
from click.testing import CliRunner
from psycopg import sql

from minimize.catalog.connection import connect
from minimize.cli import main
from minimize.errors import LockNotAvailableError, MinimizeError, MissingPrivilegeError, RefusedError
from minimize.purge.state import upgrade
from minimize.purge.state.upgrade import require_usable_state, upgrade_state
from minimize.purge.state.version import CURRENT_VERSION, NO_STATE, UNVERSIONED, find_version, require_known_version
from minimize.sql import read_state_migration
from minimize.sql.install import install_schema
from tests.integration.purge.scenario import at, execute, fetch, one, policy_text

COLUMNS: LiteralString = (
    "SELECT table_name, column_name, data_type, is_nullable, column_default FROM information_schema.columns"
    " WHERE table_schema = 'minimize' ORDER BY table_name, column_name"
)
RUN: LiteralString = (
    "INSERT INTO minimize.purge_run (policy_id, policy_digest, options, limits) VALUES ('p', 'd', '{}', '{}')"
)
NEWER: LiteralString = "CREATE OR REPLACE VIEW minimize.state_version AS SELECT 99 AS version"


def install_unversioned(url: str) -> None:
    """Create the state as the last release without a version did, with one unfinished run."""
    with psycopg.connect(url, autocommit=True) as conn:
        conn.execute(install_schema())
        conn.execute(read_state_migration("0001_purge_tables"))
    execute(url, RUN)


def upgrade_by(url: str) -> int:
    """Upgrade the state over a connection of its own, and return the version that it had."""
    with connect(url) as conn:
        return upgrade_state(conn)


@pytest.fixture
def unversioned(database: str) -> str:
    """Give the URL of a database with a state without a version."""
    install_unversioned(database)
    return database


@pytest.fixture
def upgraded(unversioned: str) -> str:
    """Give the URL of a database whose state was upgraded."""
    assert upgrade_by(unversioned) == UNVERSIONED
    return unversioned


def test_a_new_state_and_an_upgraded_one_are_alike(upgraded: str, new_database: Callable[[str], str]) -> None:
    """Same tables, columns, types, defaults and comments; only then does the version say what it must."""
    created = new_database("template0")
    assert upgrade_by(created) == NO_STATE
    assert fetch(created, COLUMNS) == fetch(upgraded, COLUMNS)
    comments: LiteralString = (
        "SELECT objoid::regclass::text, objsubid, description FROM pg_description"
        " WHERE classoid = 'pg_class'::regclass AND objoid::regclass::text LIKE 'minimize.%' ORDER BY 1, 2"
    )
    assert fetch(created, comments) == fetch(upgraded, comments)
    assert one(upgraded, "SELECT version FROM minimize.state_version") == CURRENT_VERSION


def test_an_upgrade_keeps_the_rows(upgraded: str) -> None:
    """The unfinished run is there, and its process id under the new name."""
    assert one(upgraded, "SELECT state FROM minimize.purge_run WHERE backend_pid IS NOT NULL") == "running"


def test_a_second_upgrade_changes_nothing(upgraded: str) -> None:
    """Also for a role that could not have made the first one: nothing is executed but reads."""
    before = fetch(upgraded, "SELECT oid, xmin::text FROM pg_class WHERE relnamespace = 'minimize'::regnamespace")
    assert upgrade_by(upgraded) == CURRENT_VERSION
    after = fetch(upgraded, "SELECT oid, xmin::text FROM pg_class WHERE relnamespace = 'minimize'::regnamespace")
    assert after == before


@pytest.mark.parametrize("is_new", [True, False], ids=["new", "unversioned"])
def test_processes_may_upgrade_at_once(database: str, *, is_new: bool) -> None:
    """One does the work, the others wait for it and find it done: no error, and one version."""
    if not is_new:
        install_unversioned(database)
    outcomes: list[int | BaseException] = []
    barrier = threading.Barrier(4)

    def run() -> None:
        try:
            with connect(database) as conn:
                barrier.wait()
                outcomes.append(upgrade_state(conn))
        except BaseException as error:  # noqa: BLE001 - the assertion shows it
            outcomes.append(error)

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    first = NO_STATE if is_new else UNVERSIONED
    assert sorted(map(str, outcomes)) == sorted(map(str, [first, *[CURRENT_VERSION] * 3]))
    assert fetch(database, "SELECT version FROM minimize.state_version") == [CURRENT_VERSION]


def test_an_upgrade_that_fails_leaves_the_state_as_it_was(unversioned: str) -> None:
    """All migrations are one transaction: no column is renamed, no version is set, and the next attempt works."""
    execute(unversioned, "ALTER TABLE minimize.purge_found RENAME COLUMN remaining TO changed_by_hand")
    before = fetch(unversioned, COLUMNS)
    with pytest.raises(MinimizeError, match='column "remaining" does not exist'):
        upgrade_by(unversioned)
    assert fetch(unversioned, COLUMNS) == before
    execute(unversioned, "ALTER TABLE minimize.purge_found RENAME COLUMN changed_by_hand TO remaining")
    assert upgrade_by(unversioned) == UNVERSIONED


def test_an_upgrade_does_not_wait_without_bound(unversioned: str) -> None:
    """The session that uses the tables is named; nothing is changed."""
    with (
        psycopg.connect(unversioned, application_name="backup") as other,
        connect(unversioned) as conn,
    ):
        other.execute("SELECT FROM minimize.purge_run")
        with pytest.raises(LockNotAvailableError, match=r"in the way: pid \d+ \(backup"):
            upgrade_state(conn, lock_attempts=1)
    assert upgrade_by(unversioned) == UNVERSIONED


@pytest.mark.parametrize(
    "words",
    [("purge",), ("purge", "--dry-run"), ("purge", "status"), ("purge", "pause"), ("purge", "cancel")],
    ids=" ".join,
)
def test_a_newer_state_is_refused(upgraded: str, tmp_path: Path, words: tuple[str, ...]) -> None:
    """Exit code 3; both versions, the next action, and that the state is intact. Nothing is written."""
    execute(upgraded, NEWER, "CREATE TABLE public.person (birthplace text)")
    policy = tmp_path / "minimize.toml"
    policy.write_text(policy_text(at("public.person.birthplace")))
    before = fetch(upgraded, "SELECT oid, xmin::text FROM pg_class WHERE relnamespace = 'minimize'::regnamespace")
    result = CliRunner().invoke(main, ["--policy", str(policy), "--database-url", upgraded, *words])
    assert result.exit_code == 3, result.output
    message = f"the state in schema minimize is version 99; this minimize reads up to {CURRENT_VERSION}"
    assert message in result.output
    assert "upgrade this one" in result.output
    assert one(upgraded, "SELECT count(*) FROM minimize.purge_run WHERE wanted = 'run' AND state = 'running'") == 1
    after = fetch(upgraded, "SELECT oid, xmin::text FROM pg_class WHERE relnamespace = 'minimize'::regnamespace")
    assert after == before


def test_the_version_is_read_again_under_the_lock(unversioned: str) -> None:
    """A process that waited while a later release upgraded the state does not write an older version over it."""
    waiting: list[BaseException] = []

    def run() -> None:
        try:
            upgrade_by(unversioned)
        except MinimizeError as error:
            waiting.append(error)

    thread = threading.Thread(target=run)
    with psycopg.connect(unversioned) as later:
        later.execute("SELECT pg_advisory_xact_lock(%s)", [upgrade._UPGRADE_LOCK_KEY])
        thread.start()
        while not one(unversioned, "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"):
            pass
        later.execute(NEWER)
    thread.join()
    assert isinstance(waiting[0], RefusedError)
    assert one(unversioned, "SELECT version FROM minimize.state_version") == 99


def test_another_role_is_refused_and_the_owner_is_named(unversioned: str, role: Callable[..., str]) -> None:
    """A role that may write the state but does not own it cannot upgrade it; nothing is changed."""
    url = role(unversioned)
    grant(unversioned, url)
    owner = str(one(unversioned, "SELECT relowner::regrole::text FROM pg_class WHERE relname = 'purge_run'"))
    with connect(url) as conn, pytest.raises(MissingPrivilegeError, match="may upgrade it"):
        require_usable_state(conn)
    with pytest.raises(MissingPrivilegeError) as caught:
        upgrade_by(url)
    assert f"is version 1, and this minimize needs version {CURRENT_VERSION}: only {owner}" in caught.value.message
    assert f"Run `minimize purge` once as {owner}" in caught.value.hint
    assert one(unversioned, "SELECT to_regclass('minimize.state_version')") is None


def test_a_superuser_upgrades_as_the_owner(database: str, role: Callable[..., str]) -> None:
    """All of the state belongs to one role afterwards, so that this role can do the next upgrade."""
    url = role(database)
    name = name_of(url)
    with psycopg.connect(database, autocommit=True) as conn:
        conn.execute(sql.SQL("GRANT CREATE ON DATABASE {} TO {}").format(sql.Identifier(conn.info.dbname), name))
    install_unversioned(url)
    assert upgrade_by(database) == UNVERSIONED
    owners = fetch(
        database,
        "SELECT DISTINCT relowner::regrole::text FROM pg_class"
        " WHERE relnamespace = 'minimize'::regnamespace AND relkind IN ('r', 'v')",
    )
    assert owners == [name.as_string(None).strip('"')]


def test_a_role_that_reads_the_state_needs_no_further_privilege(upgraded: str, role: Callable[..., str]) -> None:
    """SELECT that was granted on the tables before the upgrade is enough after it: the version is open to all."""
    url = role(upgraded)
    with psycopg.connect(upgraded, autocommit=True) as conn:
        conn.execute(sql.SQL("GRANT USAGE ON SCHEMA minimize TO {}").format(name_of(url)))
        for table in ("purge_run", "purge_found", "purge_range", "purge_count"):
            conn.execute(sql.SQL("GRANT SELECT ON minimize.{} TO {}").format(sql.Identifier(table), name_of(url)))
    result = CliRunner().invoke(main, ["--policy", "none.toml", "--database-url", url, "purge", "status"])
    assert result.exit_code == 0, result.output


def test_without_usage_of_the_schema_the_privilege_is_named(upgraded: str, role: Callable[..., str]) -> None:
    """The message names the schema."""
    with connect(role(upgraded)) as conn, pytest.raises(MissingPrivilegeError, match="schema minimize"):
        require_known_version(conn)


def test_a_database_without_state_has_no_version(database: str) -> None:
    """Schema minimize alone, which a guard needs, is no state."""
    with connect(database) as conn:
        assert find_version(conn) == NO_STATE
        conn.execute(install_schema())
        assert find_version(conn) == NO_STATE


def grant(url: str, other: str) -> None:
    """Let another role write the state, and create in the schema."""
    with psycopg.connect(url, autocommit=True) as conn:
        conn.execute(sql.SQL("GRANT USAGE, CREATE ON SCHEMA minimize TO {}").format(name_of(other)))
        conn.execute(sql.SQL("GRANT ALL ON ALL TABLES IN SCHEMA minimize TO {}").format(name_of(other)))


def name_of(url: str) -> sql.Identifier:
    """Return the role of a URL."""
    return sql.Identifier(str(psycopg.conninfo.conninfo_to_dict(url)["user"]))
