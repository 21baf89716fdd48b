"""Counting evaluates each condition only for the rows that it applies to, and can run in parallel."""

from __future__ import annotations

from typing import LiteralString

import psycopg
import pytest
from psycopg import sql

from minimize.catalog.connection import connect
from minimize.catalog.row_counts import RowCounts, count_rows, count_statement
from minimize.catalog.survey import survey
from minimize.policy import Policy
from minimize.sql.install import install
from tests.integration.purge.scenario import at, execute, policy_of

MIXED = """
CREATE SCHEMA app;
CREATE TABLE app.card (id bigint, kind text, line text, note text, form jsonb, code text, filed text);
"""
FILED = "filed::date > '2018-05-19'"


def create(url: str, *statements: LiteralString) -> None:
    """Create the table and the installed routines, then run statements."""
    with psycopg.connect(url) as conn:
        for routine in install():
            conn.execute(routine)
    execute(url, MIXED, *statements)


def count(url: str, policy: Policy) -> dict[str, RowCounts]:
    """Count the rows of the single table of the policy."""
    with connect(url) as conn:
        return count_rows(conn, survey(conn, policy).tables[0]).counts


def test_an_exception_is_evaluated_only_for_rows_of_its_location(database: str) -> None:
    """An exception with a cast is not evaluated for rows that carry only another location."""
    create(
        database,
        """INSERT INTO app.card (id, line, note, code, filed) VALUES
             (1, 'Kent', NULL, NULL, '2017-01-01'), (2, 'Kent', NULL, 'x', '2019-01-01'),
             (3, NULL, '{"a": ', NULL, '2019-01-01'), (4, NULL, '{"a": 1, "b"', NULL, '2017-01-01'),
             (5, NULL, NULL, 'x', 'unknown')""",
    )
    policy = policy_of(at("app.card.line", keep=FILED), at("app.card.note", "$.a", keep=FILED), at("app.card.code"))
    assert count(database, policy) == {
        "app.card.line": RowCounts(carrying=2, exempt=1, to_erase=1),
        "app.card.note $.a": RowCounts(unreadable=1),
        "app.card.code": RowCounts(carrying=2, to_erase=2),
    }


def test_carries_is_evaluated_once_for_a_single_location(database: str) -> None:
    """For a single location, WHERE filters the rows, and `carries` is not evaluated twice."""
    create(
        database,
        "INSERT INTO app.card (id, line, filed) VALUES (1, 'Kent', '2019-01-01'), (2, NULL, 'unknown')",
    )
    policy = policy_of(at("app.card.line", keep=FILED))
    assert count(database, policy) == {"app.card.line": RowCounts(carrying=1, exempt=1)}
    with connect(database) as conn:
        table = survey(conn, policy).tables[0]
        assert "CASE" not in count_statement(table, table.present).as_string(conn)


@pytest.mark.majors
@pytest.mark.parametrize(
    "places",
    [
        (at("app.card.form", "$.a"),),
        (at("app.card.form", "$.a", keep="kind = 'EDL'"), at("app.card.note", "$.a"), at("app.card.line")),
    ],
    ids=["one location", "several"],
)
def test_documents_are_counted_in_parallel(database: str, places: tuple[str, ...]) -> None:
    """The planner expects few groups, and chooses a parallel plan for documents that are all different."""
    create(
        database,
        """INSERT INTO app.card (id, kind, line, note, form)
             SELECT n, 'DL', 'Kent', '{"a": 1}', jsonb_build_object('a', n) FROM generate_series(1, 30000) AS n""",
        "ANALYZE app.card",
    )
    with connect(database) as conn:
        table = survey(conn, policy_of(*places)).tables[0]
        conn.execute("SET min_parallel_table_scan_size = 0; SET parallel_setup_cost = 0")
        plan = conn.execute(sql.SQL("EXPLAIN {}").format(count_statement(table, table.present))).fetchall()
    assert any("Gather" in str(line) for line in plan), plan
