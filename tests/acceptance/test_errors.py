"""Every mistake ends in one `error:` line, one `hint:` line and the right exit code, and changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import LiteralString

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from tests.acceptance.command import Answer, minimize
from tests.acceptance.conftest import LOCATIONS, SECRET
from tests.fix_database import with_options, with_user
from tests.integration.purge.scenario import at, execute, fetch, hold, one, policy_text

PASSWORD = "Zo3-pPassw0rd"
EVERYTHING: LiteralString = """
SELECT 'person', md5(string_agg(xmin::text || ctid::text || p::text, '' ORDER BY id)) FROM app.person AS p
UNION ALL SELECT 'form', md5(string_agg(xmin::text || ctid::text || f::text, '' ORDER BY id)) FROM app.form AS f
UNION ALL SELECT 'objects', string_agg(relname, ',' ORDER BY oid) FROM pg_class WHERE oid > 16383
"""
ALL = (("purge",), ("purge", "--dry-run"), ("verify",), ("status",), ("guard", "check"), ("policy", "check"))


def check(answer: Answer, code: int, *words: str) -> None:
    """Check that an answer is one error and one hint, without a password or a value."""
    assert answer.code == code, answer
    lines = [line for line in answer.err.splitlines() if not line.startswith(("{", "target: ", "warning: ", "count  "))]
    assert [line.partition(" ")[0] for line in lines] == ["error:", "hint:"], answer.err
    assert all(word in answer.err for word in words), answer.err
    assert "Traceback" not in answer.err
    assert PASSWORD not in answer.err + answer.out
    assert SECRET not in answer.err + answer.out
    hint = lines[1].removeprefix("hint: ")
    assert hint
    assert hint[-1] in ".?)", hint


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str], str]:
    """Give a function that writes a policy file and returns its path."""

    def to_file(text: str) -> str:
        path = tmp_path / "written.toml"
        path.write_text(text)
        return str(path)

    return to_file


@pytest.mark.parametrize("command", ALL, ids=" ".join)
def test_a_server_that_does_not_answer(policy: str, command: tuple[str, ...]) -> None:
    """Exit code 5; the address is named, the password is not."""
    url = f"postgresql://someone:{PASSWORD}@127.0.0.1:1/somewhere"
    check(minimize("--policy", policy, "--database-url", url, *command), 5, "127.0.0.1", "somewhere")


def test_a_wrong_password(policy: str, small: str) -> None:
    """Exit code 5, and the server's reason; the password is not printed."""
    # A server that trusts its socket asks for no password, and says of a stranger that there is no such role.
    url = with_user(small, "mz_stranger", PASSWORD)
    check(minimize("--policy", policy, "--database-url", url, "verify"), 5, 'mz_stranger"')


@pytest.mark.parametrize(
    "url",
    [
        f"mysql://someone:{PASSWORD}@host/db",
        f"someone:{PASSWORD}@host/db",
        f"postgresql://someone:{PASSWORD}%zz@host/db",
        f"postgresql://someone:a@{PASSWORD}@host/db",
        f"postgresql://someone:{PASSWORD}/b@host/db",
        f"postgresql://someone:a/{PASSWORD}@host/db",
        f"postgresql://[{PASSWORD}/db",
    ],
)
def test_a_malformed_url(policy: str, url: str) -> None:
    """Exit code 2, and nothing of the URL is repeated: any part of it may be the password."""
    answer = minimize("--policy", policy, "--database-url", url, "verify")
    check(answer, 2, "the database URL cannot be read")


def test_a_port_that_is_no_number(policy: str) -> None:
    """It is a mistake of the command line, and reported without the password."""
    url = f"postgresql://someone:{PASSWORD}@localhost:port/db"
    check(minimize("--policy", policy, "--database-url", url, "verify"), 2, "the port is not a number")


def test_libpq_variables_are_used_without_a_url(policy: str, small: str) -> None:
    """Without a URL the PG* variables say where to connect."""
    parts = conninfo_to_dict(small)
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE"}
    more = {variable: str(parts[key]) for key, variable in names.items() if key in parts}
    assert minimize("--policy", policy, "verify", more=more).code == 1


@pytest.mark.parametrize(
    ("sections", "words"),
    [
        ((at("app.persn.birthplace"),), ("table app.persn does not exist",)),
        ((at("app.person.birthplce"),), ("app.person.birthplce does not exist", 'Did you mean "birthplace"?')),
        ((at("app.person.id", "$.pob"),), ("app.person.id $.pob", "type int8", "json or json[] or jsonb")),
        ((at("app.person.birthplace", keep="kind = = 'EDL'"),), ("cannot be parsed",)),
        ((at("app.person.birthplace", keep="id IN (SELECT id FROM app.form)"),), ("reads another table",)),
        ((at("app.person.birthplace", keep="knd = 'EDL'"),), ('column "knd" does not exist',)),
        (
            (at("app.person.birthplace"), hold("app.person", "id IN (SELECT nr FROM app.form)")),
            ('"nr" does not exist',),
        ),
    ],
    ids=["table", "column", "type", "syntax", "subquery", "keep_where column", "hold column"],
)
@pytest.mark.parametrize("command", [("purge",), ("purge", "--dry-run"), ("policy", "check")], ids=" ".join)
def test_a_policy_that_does_not_fit(
    small: str, write: Callable[[str], str], sections: tuple[str, ...], words: tuple[str, ...], command: tuple[str, ...]
) -> None:
    """Exit code 2, the name at fault, and a suggestion; nothing is changed."""
    before = fetch(small, EVERYTHING)
    answer = minimize("--policy", write(policy_text(*sections)), "--database-url", small, *command)
    check(answer, 2, *words)
    assert answer.out == ""
    assert fetch(small, EVERYTHING) == before


def test_a_policy_that_is_not_toml(write: Callable[[str], str]) -> None:
    """Exit code 2, with the file and the line."""
    check(minimize("--policy", write("schema_version = \n"), "verify"), 2, "written.toml:1", "not TOML")


def test_a_policy_that_is_missing(tmp_path: Path) -> None:
    """Exit code 2, also where the default name is looked for."""
    check(minimize("--policy", str(tmp_path / "none.toml"), "verify"), 2, "there is no such file")
    check(minimize("verify", cwd=tmp_path), 2, "minimize.toml", "there is no such file")


def test_a_policy_that_is_a_directory(tmp_path: Path) -> None:
    """Exit code 2."""
    check(minimize("--policy", str(tmp_path), "verify"), 2, "this is a directory")


def test_an_empty_disposition(small: str, write: Callable[[str], str]) -> None:
    """Exit code 3: without an authority to destroy nothing is erased."""
    before = fetch(small, EVERYTHING)
    policy = write(policy_text(*LOCATIONS, authority=""))
    check(minimize("--policy", policy, "--database-url", small, "purge"), 3, "names no authority to destroy")
    assert fetch(small, EVERYTHING) == before


def test_a_read_only_session(small: str, policy: str) -> None:
    """Exit code 3 for what writes; what only reads works as ever."""
    before = fetch(small, EVERYTHING)
    url = with_options(small, "-cdefault_transaction_read_only=on")
    check(minimize("--policy", policy, "--database-url", url, "purge"), 3, "read-only")
    assert minimize("--policy", policy, "--database-url", url, "verify").code == 1
    assert minimize("--policy", policy, "--database-url", url, "status").code == 0
    assert fetch(small, EVERYTHING) == before


@pytest.mark.majors
@pytest.mark.parametrize("grants", ["", "SELECT", "SELECT, UPDATE"])
def test_a_role_that_does_not_own_the_tables(
    small: str, policy: str, role: Callable[..., str], grants: LiteralString
) -> None:
    """Exit code 5 before the first row is erased, whatever less than ownership the role has."""
    url = role(small)
    name = sql.Identifier(one(url, "SELECT current_user"))
    with psycopg.connect(small) as admin:
        admin.execute(sql.SQL("GRANT USAGE ON SCHEMA app TO {}").format(name))
        database = sql.Identifier(admin.info.dbname)
        admin.execute(sql.SQL("GRANT CREATE ON DATABASE {} TO {}").format(database, name))
        if grants:
            admin.execute(sql.SQL("GRANT {} ON ALL TABLES IN SCHEMA app TO {}").format(sql.SQL(grants), name))
    before = fetch(small, EVERYTHING)
    check(minimize("--policy", policy, "--database-url", url, "purge"), 5, "app.person", "owner")
    assert fetch(small, EVERYTHING) == before


def test_a_lock_that_another_session_holds(small: str, policy: str) -> None:
    """Exit code 3 after the time the operator gave it, with the other table done; the hint says how to go on."""
    with psycopg.connect(small) as other:
        other.execute("LOCK TABLE app.person IN SHARE MODE")
        arguments = ("--policy", policy, "--database-url", small, "purge", "--lock-timeout", "10ms")
        answer = minimize(*arguments)
    _, _, error = answer.err.partition("\nerror: ")
    check(replace(answer, err=f"error: {error}"), 3, "another session", "run the same command again")
    assert one(small, "SELECT count(birthplace) > 0 FROM app.person")
    assert one(small, "SELECT count(*) FROM app.form WHERE doc ? 'pob'") == 0
    assert minimize(*arguments).code == 0


def test_a_constraint_that_asks_for_the_value(small: str, policy: str) -> None:
    """It is named before the first row, or with the rows that are left where it is not about the value alone."""
    arguments = ("--policy", policy, "--database-url", small, "purge")
    execute(small, "ALTER TABLE app.person ADD CONSTRAINT born CHECK (birthplace IS NOT NULL)")
    check(minimize(*arguments), 3, "app.person.birthplace", "CHECK born")
    execute(small, "ALTER TABLE app.person DROP CONSTRAINT born")
    execute(small, "ALTER TABLE app.person ADD CONSTRAINT born CHECK (birthplace IS NOT NULL OR id < 0)")
    answer = minimize(*arguments)
    assert (answer.code, (answer.out + answer.err).count("check violation (23514) in app.person.born")) == (1, 1)


def test_a_second_purge(small: str, policy: str) -> None:
    """Exit code 3, and the backend of the first is named."""
    with psycopg.connect(small, autocommit=True) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [int.from_bytes(b"minimize")])
        answer = minimize("--policy", policy, "--database-url", small, "purge")
        check(answer, 3, f"backend pid {other.info.backend_pid}")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("purgee",), ("no such command 'purgee'",)),
        (("guard", "chek"), ("no such command 'chek'", "minimize guard --help")),
        (("--colour", "verify"), ("no such option",)),
        (("purge", "--dryrun"), ("no such option", "minimize purge --help")),
        (("purge", "--triggers", "maybe"), ("'maybe'", "refuse")),
        (("purge", "--limit", "lagg=1MB"), ("'lagg' is no limit", "lag-time")),
        (("purge", "--window", "late"), ("'late' is no window", "22:00-05:00")),
        (("purge", "--window", ""), ("'' is no window",)),
        (("purge", "--lock-timeout", "soon"), ("--lock-timeout",)),
        (("purge", "--lock-timeout", "100000min"), ("longer than PostgreSQL can wait", "2147483647ms")),
        (("purge", "--lock-timeout", "2147483648ms"), ("longer than PostgreSQL can wait",)),
        (("purge", "--lock-timeout", "0"), ("--lock-timeout",)),
        (("verify", "--level", "E9"), ("E9",)),
        (("verify", "extra"), ("extra",)),
        (("--format", "xml", "verify"), ("xml",)),
    ],
)
def test_a_command_line_that_is_wrong(arguments: tuple[str, ...], words: tuple[str, ...]) -> None:
    """Exit code 2, and the same two lines as every other error."""
    answer = minimize(*arguments)
    check(answer, 2, *words)
    assert answer.out == ""


def test_double_verbose_shows_the_traceback(tmp_path: Path) -> None:
    """-vv adds the traceback; without it there is none."""
    answer = minimize("-vv", "--policy", str(tmp_path / "none.toml"), "verify")
    assert (answer.code, "Traceback" in answer.err) == (2, True)
