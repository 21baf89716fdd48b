"""What the fixtures promise to every other test."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest

from tests.server_run import Server

Build = Callable[[str], None]

built: list[str] = []


def build_numbers(url: str) -> None:
    """Build a database with one table."""
    built.append(url)
    with psycopg.connect(url) as conn:
        conn.execute("CREATE TABLE number AS SELECT generate_series(1, 10) AS n")


@pytest.mark.majors
def test_the_server_is_what_it_says(server: Server, database: str) -> None:
    """The version behind a URL is the one announced, and its user is a superuser."""
    with psycopg.connect(database) as conn:
        assert conn.info.server_version // 10000 == server.version
        row = conn.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
    assert row == (True,)


@pytest.mark.parametrize("attempt", [1, 2])
def test_a_database_is_empty(database: str, attempt: int) -> None:
    """Nothing of an earlier test is left."""
    with psycopg.connect(database) as conn:
        row = conn.execute("SELECT count(*) FROM pg_class WHERE relname = 'leftover'").fetchone()
        conn.execute("CREATE TABLE leftover ()")
    assert row == (0,), attempt


@pytest.mark.majors
@pytest.mark.parametrize("attempt", range(4))
def test_a_template_is_built_once(
    server: Server,
    template: Callable[[str, Build], str],
    clone: Callable[[str], str],
    attempt: int,
) -> None:
    """Every clone has the template's tables, and a process builds it at most once."""
    name = template("numbers", build_numbers)
    with psycopg.connect(clone(name)) as conn:
        row = conn.execute("SELECT count(*) FROM number").fetchone()
        conn.execute("DROP TABLE number")
    assert row == (10,), attempt
    assert len([url for url in built if url == server.url(f"{server.prefix}_template_numbers")]) <= 1


def test_a_template_that_fails_is_not_kept(server: Server, template: Callable[[str, Build], str]) -> None:
    """A build that raises leaves no half-built database, and is tried again."""

    def fail(_url: str) -> None:
        raise RuntimeError

    for _ in range(2):
        with pytest.raises(RuntimeError):
            template("failing", fail)
    with server.connect() as conn:
        query = "SELECT count(*) FROM pg_database WHERE datname LIKE %s"
        assert conn.execute(query, [f"{server.prefix}%failing"]).fetchone() == (0,)


def test_a_role_is_no_superuser(database: str, role: Callable[..., str]) -> None:
    """A new role can log in to the database it was made for, with the attributes asked for."""
    with psycopg.connect(role(database, "CREATEDB")) as conn:
        query = "SELECT rolsuper, rolcreatedb FROM pg_roles WHERE rolname = current_user"
        assert conn.execute(query).fetchone() == (False, True)


def test_a_role_that_owns_tables_is_dropped(server: Server, database: str, role: Callable[..., str]) -> None:
    """What a role owns goes with it, so that its test never has to clean up."""
    with psycopg.connect(role(database), autocommit=True) as conn:
        with psycopg.connect(database) as admin:
            admin.execute("GRANT CREATE ON SCHEMA public TO PUBLIC")
        conn.execute("CREATE TABLE mine ()")
        row = conn.execute("SELECT current_user").fetchone()
    assert row is not None
    server.drop_role(row[0])
    with psycopg.connect(database) as admin:
        assert admin.execute("SELECT to_regclass('public.mine')").fetchone() == (None,)
        # The fixture drops it once more at the end.
        admin.execute(psycopg.sql.SQL("CREATE ROLE {}").format(psycopg.sql.Identifier(row[0])))


def test_a_replication_slot_does_not_keep_a_database(server: Server, new_database: Callable[[str], str]) -> None:
    """A database is dropped although a logical slot points into it."""
    url = new_database("template0")
    with psycopg.connect(url, autocommit=True) as conn:
        name = f"{server.prefix}_slot"
        conn.execute("SELECT pg_create_logical_replication_slot(%s, 'pgoutput')", [name])
        dbname = conn.info.dbname
    server.drop_database(dbname)
    with server.connect() as admin:
        assert admin.execute("SELECT FROM pg_database WHERE datname = %s", [dbname]).fetchone() is None
        assert admin.execute("SELECT FROM pg_replication_slots WHERE slot_name = %s", [name]).fetchone() is None
