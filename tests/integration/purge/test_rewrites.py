"""Rows that have changed between being found and being erased."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, LiteralString

import pytest

from minimize.policy import Policy
from minimize.purge.batch.batch import Batch
from minimize.purge.batch.worker import Worker
from tests.integration.purge.scenario import at, counts, digests, execute, fetch, one, policy_of, purge, whole

# Loaded in one transaction, as by COPY: after a rewrite, other rows with the same xmin have the tids of those found.
SCHEMA: LiteralString = """
CREATE TABLE person (id int PRIMARY KEY, kind text, birthplace text, doc jsonb, pad text);
INSERT INTO person SELECT n, CASE WHEN n % 2 = 0 THEN 'EDL' ELSE 'DL' END, 'Kent', '{"pob": "Kent", "x": 1}',
  repeat('.', 200) FROM generate_series(1, 1000) AS n;
"""
KEEP = "kind = 'EDL'"
LATE: LiteralString = """
CREATE TABLE lawful (kind text);
CREATE FUNCTION is_lawful(text) RETURNS boolean LANGUAGE sql STABLE AS
  'SELECT EXISTS (SELECT FROM public.lawful WHERE lawful.kind = $1)';
"""


def before_the_first_batch(monkeypatch: pytest.MonkeyPatch, act: Callable[[], None], then: Callable[[], None]) -> None:
    """Act once between finding rows and erasing them, and act again right after."""
    erase, is_done = Worker.erase, False

    def erase_late(self: Worker, batch: Batch, **options: Any) -> int:
        nonlocal is_done
        if is_done:
            return erase(self, batch, **options)
        is_done = True
        act()
        xid = erase(self, batch, **options)
        then()
        return xid

    monkeypatch.setattr(Worker, "erase", erase_late)


@pytest.mark.majors
@pytest.mark.parametrize(
    "rewrite", ["VACUUM FULL person", "CLUSTER person USING person_pkey"], ids=["vacuum", "cluster"]
)
@pytest.mark.parametrize(
    "policy",
    [
        policy_of(at("public.person.birthplace", keep=KEEP), at("public.person.doc", "$.pob", keep=KEEP)),
        policy_of(at("public.person.birthplace", keep=KEEP)),
        policy_of(whole("public.person", keep=KEEP)),
    ],
    ids=["version", "plain", "whole"],
)
def test_a_list_from_before_a_rewrite_erases_nothing(
    database: str, monkeypatch: pytest.MonkeyPatch, rewrite: LiteralString, policy: Policy
) -> None:
    """The rows have moved: rows that now have their tids are not changed, and the next pass finds the others."""
    execute(database, SCHEMA, "DELETE FROM person WHERE id <= 7 OR id = 500")
    everything, exempt = digests(database, "person"), digests(database, "person", where=KEEP)
    after_it = list[Any]()
    before_the_first_batch(
        monkeypatch,
        lambda: execute(database, rewrite),
        lambda: after_it.append(digests(database, "person")),
    )
    result = purge(database, policy)
    assert after_it == [everything]
    assert digests(database, "person", where=KEEP) == exempt
    assert {erased for erased, *_ in counts(result).values()} == {496}
    assert result.is_complete
    assert one(database, "SELECT count(*) FROM person WHERE birthplace IS NOT NULL AND kind = 'DL'") == 0


def test_a_row_that_became_exempt_is_left_alone(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exceptions are evaluated again per row and location: a row that is now kept is neither erased nor counted."""
    execute(database, SCHEMA, LATE)
    keep = "public.is_lawful(kind)"
    before_the_first_batch(monkeypatch, lambda: execute(database, "INSERT INTO lawful VALUES ('EDL')"), lambda: None)
    result = purge(database, policy_of(at("public.person.birthplace", keep=keep), at("public.person.doc", "$.pob")))
    kept = fetch(database, "SELECT kind, count(birthplace), count(doc -> 'pob') FROM person GROUP BY 1 ORDER BY 1")
    assert kept == [("DL", 0, 0), ("EDL", 500, 0)]
    assert counts(result) == {"public.person.birthplace": (500, 500, 0, 0), "public.person.doc $.pob": (1000, 0, 0, 0)}
