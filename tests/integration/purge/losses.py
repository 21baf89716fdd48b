"""Two tables to purge during failures, one for each way to match rows, and the checks afterwards."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, LiteralString

from minimize.purge.options import PurgeOptions, StrategyChoice
from minimize.purge.progress.reporter import Progress
from minimize.purge.result import PurgeResult
from minimize.purge.throttle.limits import Limits
from minimize.purge.tuning import Tuning
from tests.integration.purge.scenario import FAST, at, counts, execute, fetch, hold, one, policy_of, purge

# 8 rows per page, so 200 pages each. A trigger records every updated row, so that a row updated twice is found.
SCHEMA: LiteralString = """
CREATE TABLE person (id int PRIMARY KEY, kind text, birthplace text, note text);
CREATE TABLE form (id int PRIMARY KEY, kind text, doc jsonb, note text);
CREATE TABLE legal_hold (person_id int);
CREATE TABLE touched (relation text, id int);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN INSERT INTO public.touched VALUES (TG_TABLE_NAME, NEW.id); RETURN NULL; END $$;
CREATE TRIGGER touch AFTER UPDATE ON person FOR EACH ROW EXECUTE FUNCTION touch();
CREATE TRIGGER touch AFTER UPDATE ON form FOR EACH ROW EXECUTE FUNCTION touch();
INSERT INTO legal_hold SELECT n FROM generate_series(7, 1600, 7) AS n;
INSERT INTO person SELECT n, CASE WHEN n % 5 = 0 THEN 'EDL' ELSE 'DL' END, 'Kent ' || n, repeat('.', 930)
  FROM generate_series(1, 1600) AS n;
INSERT INTO form SELECT n, CASE WHEN n % 5 = 0 THEN 'EDL' ELSE 'DL' END,
  jsonb_build_object('pob', 'Kent ' || n, 'city', 'Kent'), repeat('.', 890) FROM generate_series(1, 1600) AS n;
CREATE TABLE person_after AS SELECT id, kind,
  CASE WHEN kind = 'EDL' OR EXISTS (SELECT FROM legal_hold WHERE person_id = id) THEN birthplace END AS birthplace, note
  FROM person;
CREATE TABLE form_after AS SELECT id, kind, CASE WHEN kind = 'EDL' THEN doc ELSE doc - 'pob' END AS doc, note FROM form;
"""
# A sequential batch takes two pages, and a worker 16 at a time.
TUNING = Tuning(locked_seconds=0.3, min_range_pages=16, first_pages=2, max_pages=2, min_pages=2)
KEEP = "kind = 'EDL'"
POLICY = policy_of(
    at("public.person.birthplace", keep=KEEP),
    at("public.form.doc", "$.pob", keep=KEEP),
    hold("public.person", "id IN (SELECT person_id FROM public.legal_hold)"),
)
WRONG: LiteralString = """
SELECT count(*) FROM (
  (SELECT id, birthplace, kind, note FROM person EXCEPT SELECT id, birthplace, kind, note FROM person_after)
  UNION ALL (SELECT id, birthplace, kind, note FROM person_after EXCEPT SELECT id, birthplace, kind, note FROM person)
  UNION ALL (SELECT id, doc::text, kind, note FROM form EXCEPT SELECT id, doc::text, kind, note FROM form_after)
  UNION ALL (SELECT id, doc::text, kind, note FROM form_after EXCEPT SELECT id, doc::text, kind, note FROM form)) AS row
"""
CARRYING: LiteralString = """
SELECT count(*) FILTER (WHERE kind = 'DL' AND NOT EXISTS (SELECT FROM legal_hold WHERE person_id = id)),
       count(*) FILTER (WHERE kind = 'DL') FROM person_after
"""
TOUCHED: LiteralString = (
    "SELECT relation, count(*), count(DISTINCT id) FROM touched GROUP BY relation ORDER BY relation"
)
COUNTED: LiteralString = "SELECT location, sum(erased)::bigint FROM minimize.purge_count GROUP BY location"


def build(url: str) -> None:
    """Create the tables, and the expected contents after the purge."""
    execute(url, SCHEMA, "VACUUM ANALYZE")


def options(strategy: StrategyChoice, jobs: int = 1) -> PurgeOptions:
    """Return the options of a purge in many small batches."""
    limits: Limits = FAST.changed(["target=5ms", "pages=2", "interleave=2"])
    return PurgeOptions(strategy=strategy, jobs=jobs, limits=limits)


def check_nothing_lost(url: str) -> None:
    """Assert that exactly the right values are erased, each row is written once, and the counters agree."""
    people, forms = one(url, CARRYING)
    assert one(url, WRONG) == 0
    assert fetch(url, TOUCHED) == [("form", forms, forms), ("person", people, people)]
    assert dict(fetch(url, COUNTED)) == {"public.person.birthplace": people, "public.form.doc $.pob": forms}


def harass(
    url: str, options: PurgeOptions, strike: Callable[[], None], times: int, *, server: str | None = None
) -> PurgeResult:
    """Purge, and cause failures at random moments, each after the run has continued from the one before.

    Args:
        url: Where the purge connects to.
        options: Those of the purge.
        strike: Causes one failure.
        times: Number of failures.
        server: Where to check the result, if not at `url`.
    """
    dice = random.Random(11)  # noqa: S311 - a choice of moments, not a secret
    spread, most = (0.004, 2) if options.strategy == "sequential" else (0.02, 3)
    reports, seen = threading.Semaphore(0), [("", "", 0, 0)]

    def record(progress: Progress) -> None:
        # The report of an outage is no progress.
        seen.append((progress.phase, progress.place, progress.run_pass, progress.blocks_done))
        if seen[-1] != seen[-2]:
            reports.release()

    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(purge, url, POLICY, options, on_progress=record, tuning=TUNING)
        for _ in range(times):
            while reports.acquire(blocking=False):
                pass
            left = dice.randint(1, most)
            while left and not running.done():
                left -= reports.acquire(timeout=0.1)
            time.sleep(dice.uniform(0, spread))
            if running.done():
                running.result()
                raise AssertionError("the run was over before the last strike")
            strike()
        result = running.result()
    assert all(row[3] == 0 for row in counts(result).values())
    check_nothing_lost(server or url)
    return result


def wait_until(is_true: Callable[[], Any]) -> None:
    """Wait until a condition is true, for half a minute at most."""
    until = time.monotonic() + 30
    while not is_true():
        assert time.monotonic() < until
        time.sleep(0.005)
