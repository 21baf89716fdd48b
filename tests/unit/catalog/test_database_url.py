"""URLs of other drivers, and what is said about one that cannot be read."""

from __future__ import annotations

import pytest
from psycopg.conninfo import conninfo_to_dict

from minimize.catalog.database_url import conninfo
from minimize.errors import ExitCode, UsageError

SECRET = "Zo3pPassw0rd"


@pytest.mark.parametrize(
    "scheme",
    [
        *("postgresql", "postgres", "postgresql+psycopg", "postgresql+psycopg_async", "postgresql+psycopg2"),
        *("postgresql+asyncpg", "postgresql+pg8000", "POSTGRESQL"),
    ],
)
def test_the_driver_of_a_url_makes_no_difference(scheme: str) -> None:
    """Host, port, user, password and database are those of the URL."""
    given = conninfo_to_dict(conninfo(f"{scheme}://owner:{SECRET}@db.example:5433/licences"))
    parts = ("host", "port", "user", "password", "dbname")
    assert [given[part] for part in parts] == ["db.example", "5433", "owner", SECRET, "licences"]


@pytest.mark.parametrize(
    ("query", "sslmode"),
    [
        ("ssl=verify-full", "verify-full"),
        ("ssl=true&prepared_statement_cache_size=0", "require"),
        ("sslmode=prefer", "prefer"),
    ],
)
def test_parameters_of_a_driver_are_those_of_libpq(query: str, sslmode: str) -> None:
    """The encryption that is asked for is kept; what only the driver knows is dropped."""
    given = conninfo_to_dict(conninfo(f"postgresql+asyncpg://owner@host/licences?{query}"))
    assert given["sslmode"] == sslmode


def test_keywords_of_libpq_are_accepted() -> None:
    """As in every program that uses libpq."""
    assert conninfo_to_dict(conninfo("host=db dbname=licences"))["host"] == "db"


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        (f"mysql://owner:{SECRET}@host/db", "it begins with mysql:, which is not a scheme of PostgreSQL"),
        (f"mysql+pymysql://owner:{SECRET}@host/db", "it begins with mysql:"),
        (f"jdbc:postgresql://host/db?password={SECRET}", "it begins with jdbc:"),
        (f"{SECRET}://host/db", ""),
        (f"owner:{SECRET}@host/db", "it does not begin with postgresql://"),
        (f"postgresql://owner:{SECRET}%zz@host/db", "a % is not followed by two hexadecimal digits"),
        (f"postgresql://[{SECRET}/db", "the ] of an IPv6 address is missing"),
        (f"postgresql://owner@host/db?{SECRET}=1", "a parameter after the ? is not one of libpq"),
        (f"postgresql://owner:a@{SECRET}@host/db", "there is an @ after the host name"),
    ],
)
def test_the_part_that_is_wrong_is_named(url: str, problem: str) -> None:
    """Nothing of the URL is repeated: any part may be the password."""
    with pytest.raises(UsageError, match="the database URL cannot be read") as caught:
        conninfo(url)
    assert problem in caught.value.message
    assert SECRET not in caught.value.message + caught.value.hint


@pytest.mark.parametrize(
    ("form", "port"),
    [
        *(("postgresql://u:{1}@h:{0}/db", port) for port in ("abc", "0", "65536", "-1", "1,h2:abc", "9" * 5000)),
        *(("host=h password={1} port='{0}'", port) for port in ("abc", "0", "65536", "-1", "54 32", "5432,abc")),
    ],
)
def test_a_port_that_is_no_number_is_named(form: str, port: str) -> None:
    """The message does not repeat it, because it can be a part of the password."""
    with pytest.raises(UsageError, match=r"the port is not a number from 1 to 65535$") as refused:
        conninfo(form.format(port, SECRET))
    assert refused.value.exit_code is ExitCode.USAGE
    assert not any(text in f"{refused.value} {refused.value.hint}" for text in (SECRET, f":{port}/"))


@pytest.mark.parametrize("port", ["", "1", "65535", "05432", "5432,5433", ",5433"])
def test_a_port_that_libpq_accepts_is_kept(port: str) -> None:
    """One for each host, or none."""
    assert (conninfo_to_dict(conninfo(f"host=a,b port='{port}'"))["port"] or "") == port
