"""Other sessions change the tables of a purge while it runs."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import LiteralString

import psycopg
import pytest
from click.testing import CliRunner
from psycopg import sql

from minimize.catalog.row_counts import RowCounts
from minimize.catalog.survey import SurveyedTable
from minimize.cli import main
from minimize.errors import LockNotAvailableError, MissingPrivilegeError, PolicyError, RefusedError
from minimize.purge.options import PurgeOptions
from minimize.purge.progress.reporter import Progress
from minimize.purge.run.table_count import TableCount
from minimize.purge.tuning import Tuning
from tests.integration.purge.scenario import (
    FOUR_BLOCKS,
    at,
    counts,
    execute,
    fetch,
    hold,
    one,
    policy_of,
    policy_text,
    purge,
    whole,
)

SCHEMA = """
CREATE TABLE person (id int, year int, birthplace text, pad text) PARTITION BY LIST (year);
CREATE TABLE person_1 PARTITION OF person FOR VALUES IN (1);
CREATE TABLE person_2 PARTITION OF person FOR VALUES IN (2);
CREATE TABLE person_3 PARTITION OF person FOR VALUES IN (3);
INSERT INTO person SELECT n, 1 + n % 3, 'Kent', repeat('.', 300) FROM generate_series(1, 6000) AS n;
"""
POLICY = policy_of(at("public.person.birthplace"))
CARRYING = "SELECT count(birthplace) FROM person"
DETACH = "ALTER TABLE person DETACH PARTITION person_2"
ATTACH: LiteralString = "ALTER TABLE person ATTACH PARTITION person_4 FOR VALUES IN (4)"
STANDALONE = """
CREATE TABLE person_4 (LIKE person);
INSERT INTO person_4 SELECT n, 4, 'Kent', '' FROM generate_series(1, 100) AS n;
"""


class Meanwhile:
    """Runs statements once, when the purge first reports a phase in a leaf."""

    def __init__(
        self, url: str, *statements: LiteralString, place: str = "public.person_2", phase: str = "erase"
    ) -> None:
        self.url, self.statements, self.place, self.phase = url, statements, place, phase
        self.is_done = False

    def __call__(self, progress: Progress) -> None:
        """Receive one progress report."""
        if progress.phase == self.phase and progress.place == self.place and not self.is_done:
            self.is_done = True
            execute(self.url, *self.statements)


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_partition_dropped_while_workers_are_in_it_is_noted(database: str, jobs: int) -> None:
    """With one worker or several, the run continues with the other leaves and is complete."""
    execute(database, SCHEMA)
    drop = Meanwhile(database, DETACH, "DROP TABLE person_2")
    # Enough ranges in every leaf for several workers.
    tuning = replace(FOUR_BLOCKS, min_range_pages=16)
    result = purge(database, POLICY, PurgeOptions(jobs=jobs), on_progress=drop, tuning=tuning)
    assert (drop.is_done, one(database, CARRYING), result.is_complete) == (True, 0, True)
    assert [note for note in result.notes if note.startswith("public.person_2 ")] == [
        "public.person_2 was dropped meanwhile"
    ]


@pytest.mark.parametrize(
    ("statements", "name"),
    [((DETACH,), "public.person_2"), ((DETACH, "ALTER TABLE person_2 RENAME TO old"), "public.old")],
)
def test_a_detached_partition_is_not_checked(database: str, statements: tuple[LiteralString, ...], name: str) -> None:
    """Even if its values were erased before, it was not counted: it is reported at once, and never as clean."""
    execute(database, SCHEMA)
    detach, reported = Meanwhile(database, *statements, place="public.person_3"), list[str]()

    def watch(progress: Progress) -> None:
        detach(progress)
        reported.extend([progress.note] if progress.note else [])

    result = purge(database, POLICY, on_progress=watch)
    assert (detach.is_done, one(database, CARRYING), result.is_complete) == (True, 0, False)
    assert list(result.not_checked) == [name]
    assert "name it in the policy and run it again, or drop it" in result.not_checked[name]
    assert reported == [f"{name} {result.not_checked[name]}"]


def test_a_partition_that_comes_back_is_checked(database: str) -> None:
    """A partition that is detached in one pass and attached again in the next is purged, and not reported."""
    execute(database, SCHEMA, "ALTER TABLE person DETACH PARTITION person_3", STANDALONE)
    away = Meanwhile(database, DETACH, "INSERT INTO person_2 VALUES (0, 2, 'Kent')", ATTACH)
    back = Meanwhile(
        database, "ALTER TABLE person ATTACH PARTITION person_2 FOR VALUES IN (2)", place="public.person_4"
    )

    def watch(progress: Progress) -> None:
        away(progress)
        back(progress)

    result = purge(database, POLICY, on_progress=watch)
    assert (away.is_done, back.is_done, one(database, CARRYING)) == (True, True, 0)
    assert (result.is_complete, dict(result.not_checked)) == (True, {})


def test_the_command_reports_what_is_not_checked(
    database: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A run after which a detached partition may carry values exits with 1, with text and with JSON output."""
    execute(database, SCHEMA)
    policy = tmp_path / "minimize.toml"
    policy.write_text(policy_text(at("public.person.birthplace")))
    monkeypatch.setattr(TableCount, "count_before_first_batch", lambda *_: execute(database, DETACH))
    limits = [word for name in ("lag=off", "lag-time=off") for word in ("--limit", name)]
    command = ["--policy", str(policy), "--database-url", database]
    text = CliRunner().invoke(main, [*command, "purge", "--profile", "fast", *limits])
    assert (text.exit_code, "not checked: public.person_2: was detached" in text.stdout) == (1, True), text.output
    third = DETACH.replace("2", "3")
    monkeypatch.setattr(TableCount, "count_before_first_batch", lambda *_: execute(database, third))
    document = CliRunner().invoke(main, [*command, "--format", "json", "purge", "--profile", "fast", *limits])
    (entry,) = json.loads(document.stdout)["not_checked"]
    assert (document.exit_code, entry["location"]) == (1, "public.person_3")


AUDIT = """
CREATE TABLE audit (was text);
CREATE FUNCTION audit() RETURNS trigger LANGUAGE plpgsql AS
  'BEGIN INSERT INTO audit VALUES (OLD.birthplace); RETURN NULL; END';
CREATE TRIGGER audit AFTER UPDATE ON person_4 FOR EACH ROW EXECUTE FUNCTION audit();
"""


@pytest.mark.parametrize(
    ("setup", "refusal"),
    [
        (AUDIT, r"^trigger audit on public\.person_4 \(public\.audit\) would copy erased values"),
        ("CREATE RULE r AS ON UPDATE TO person_4 DO INSTEAD NOTHING", r"^rule r on public\.person_4 rewrites every"),
        (
            "ALTER TABLE person_4 REPLICA IDENTITY FULL; CREATE PUBLICATION p FOR TABLE person_4",
            r"^publication p of public\.person_4 sends the old row",
        ),
        ("ALTER TABLE person_4 ALTER birthplace SET NOT NULL", r"^NOT NULL is still on public\.person\.birthplace"),
    ],
    ids=["trigger", "rule", "publication", "not null"],
)
def test_what_is_attached_meanwhile_is_inspected_first(database: str, setup: LiteralString, refusal: str) -> None:
    """What would have refused the run refuses it now, with the same message, before a row of it is erased."""
    execute(database, SCHEMA, STANDALONE, setup)
    attach = Meanwhile(database, ATTACH)
    with pytest.raises(RefusedError, match=refusal) as refused:
        purge(database, POLICY, on_progress=attach)
    assert one(database, "SELECT count(birthplace), count(*) FROM person_4") == (100, 100)
    assert one(database, "SELECT count(birthplace) FROM person WHERE year < 4") == 0
    with pytest.raises(RefusedError) as preflight:
        purge(database, POLICY)
    assert (refused.value.message, refused.value.hint) == (preflight.value.message, preflight.value.hint)


def test_what_is_attached_by_another_owner_is_not_touched(database: str, role: Callable[..., str]) -> None:
    """The role could erase it, but not vacuum or prove it: that is refused before its first row."""
    url = role(database)
    user = sql.Identifier(str(one(url, "SELECT current_user")))
    execute(database, SCHEMA, STANDALONE)
    with psycopg.connect(database, autocommit=True) as conn:
        conn.execute(sql.SQL("GRANT CREATE ON DATABASE {} TO {}").format(sql.Identifier(conn.info.dbname), user))
        for table in ("person", "person_1", "person_2", "person_3"):
            conn.execute(sql.SQL("ALTER TABLE {} OWNER TO {}").format(sql.Identifier(table), user))
        conn.execute(sql.SQL("GRANT SELECT, UPDATE ON person_4 TO {}").format(user))
    with pytest.raises(MissingPrivilegeError, match=r"not the owner of public\.person_4$"):
        purge(url, POLICY, on_progress=Meanwhile(database, ATTACH))
    assert one(database, "SELECT count(birthplace) FROM person_4") == 100


ARCHIVE = """
CREATE TABLE archive (LIKE person);
INSERT INTO archive SELECT n, 4, 'Kent', '' FROM generate_series(1, 100) AS n;
"""
ATTACH_ARCHIVE: LiteralString = "ALTER TABLE person ATTACH PARTITION archive FOR VALUES IN (4)"
BOTH = (at("public.person.birthplace"), at("public.archive.birthplace"))


@pytest.mark.parametrize(
    ("sections", "refusal"),
    [
        ((*BOTH, hold("public.archive", "true")), "hold request is on public.archive alone"),
        ((*BOTH, hold("public.person", "year = 4")), "hold request is on public.person alone"),
        ((BOTH[0], at("public.archive.birthplace", keep="true")), "but not their keep_where"),
    ],
    ids=["held there", "held here", "kept there"],
)
def test_what_is_protected_elsewhere_is_not_erased(database: str, sections: tuple[str, ...], refusal: str) -> None:
    """A table of the policy that is attached to another one keeps its rows, as the preflight would require."""
    execute(database, SCHEMA, ARCHIVE)
    with pytest.raises(RefusedError, match=refusal) as refused:
        purge(database, policy_of(*sections), on_progress=Meanwhile(database, ATTACH_ARCHIVE))
    assert one(database, "SELECT count(birthplace) FROM archive") == 100
    assert one(database, "SELECT count(birthplace) FROM person WHERE year < 4") == 0
    with pytest.raises(PolicyError) as preflight:
        purge(database, policy_of(*sections))
    assert (refused.value.message, refused.value.hint) == (preflight.value.message, preflight.value.hint)


def test_what_is_attached_to_what_is_held_is_not_erased(database: str) -> None:
    """Its rows are under the hold of a table that was purged before; that is found when its own purge begins."""
    execute(database, SCHEMA, ARCHIVE)
    attach = Meanwhile(database, ATTACH_ARCHIVE, place="public.archive", phase="count")
    with pytest.raises(RefusedError, match=r"hold request is on public\.person alone"):
        purge(database, policy_of(*BOTH, hold("public.person", "id < 50")), on_progress=attach)
    assert (attach.is_done, one(database, "SELECT count(birthplace) FROM archive")) == (True, 100)


def test_what_is_protected_alike_is_attached(database: str) -> None:
    """With the same hold on both tables, the attached one is purged too, and the held rows stay."""
    execute(database, SCHEMA, ARCHIVE)
    holds = [
        hold(table, "year = 4 AND id <= 7", name=name)
        for name, table in (("a", "public.person"), ("b", "public.archive"))
    ]
    result = purge(database, policy_of(*BOTH, *holds), on_progress=Meanwhile(database, ATTACH_ARCHIVE))
    assert (one(database, CARRYING), result.is_complete) == (7, True)
    assert counts(result)["public.person.birthplace"][2:] == (7, 0)


@pytest.mark.parametrize("vacuum", [True, False])
@pytest.mark.parametrize("sections", [(), (hold("public.person", "id = 5"),)], ids=["proof", "no proof"])
def test_what_is_attached_after_the_last_count_is_purged(
    database: str, monkeypatch: pytest.MonkeyPatch, sections: tuple[str, ...], *, vacuum: bool
) -> None:
    """It is purged, counted and vacuumed before the end, whether or not a proof constraint is added."""
    execute(database, SCHEMA, STANDALONE)
    counted = TableCount.count

    def count(self: TableCount, table: SurveyedTable, run_pass: int) -> dict[str, RowCounts]:
        counts = counted(self, table, run_pass)
        if run_pass and not one(database, "SELECT relispartition FROM pg_class WHERE relname = 'person_4'"):
            execute(database, ATTACH)
        return counts

    monkeypatch.setattr(TableCount, "count", count)
    result = purge(database, policy_of(at("public.person.birthplace"), *sections), PurgeOptions(vacuum=vacuum))
    ((erased, _, held, left),) = counts(result).values()
    held_rows = 2 if sections else 0
    assert (erased, held, left, result.is_complete) == (6100 - held_rows, held_rows, 0, True)
    assert one(database, CARRYING) == held_rows


def test_a_table_that_grows_on_and_on_is_not_checked(database: str) -> None:
    """If a partition is attached after each count, the run ends at last and reports the last one as not checked."""
    execute(database, SCHEMA)
    names = iter(range(4, 100))

    def grow(progress: Progress) -> None:
        if (progress.phase, progress.place) == ("vacuum", "public.person_1"):
            number = next(names)
            name = sql.Identifier(f"person_{number}")
            with psycopg.connect(database, autocommit=True) as conn:
                conn.execute(sql.SQL("CREATE TABLE {} PARTITION OF person FOR VALUES IN ({})").format(name, number))

    result = purge(database, POLICY, on_progress=grow)
    assert (result.is_complete, list(result.not_checked)) == (False, ["public.person_8"])
    assert "run it again" in result.not_checked["public.person_8"]


def test_a_run_refused_for_a_partition_goes_on(database: str) -> None:
    """Nothing was copied; once the trigger is dropped, the same run erases the rest."""
    execute(database, SCHEMA, STANDALONE, AUDIT)
    with pytest.raises(RefusedError):
        purge(database, POLICY, on_progress=Meanwhile(database, ATTACH))
    assert one(database, "SELECT count(*) FROM audit") == 0
    execute(database, "DROP TRIGGER audit ON person_4")
    result = purge(database, POLICY)
    assert (result.run, one(database, CARRYING), result.is_complete) == (1, 0, True)


def test_notes_about_a_partition_attached_meanwhile_are_not_repeated(database: str) -> None:
    """A publication of the table is reported for the new partition too; a trigger of the table is not repeated."""
    table_trigger = AUDIT.replace("ON person_4", "ON person")
    execute(database, SCHEMA, "ALTER TABLE person ADD PRIMARY KEY (id, year)", STANDALONE)
    execute(database, "CREATE PUBLICATION p FOR TABLE person", table_trigger)
    result = purge(database, POLICY, PurgeOptions(triggers="fire"), on_progress=Meanwhile(database, ATTACH))
    assert len([note for note in result.notes if note.startswith("trigger audit on public.person ")]) == 1
    assert [note for note in result.notes if note.startswith("publication p of public.person_4 sends every")]
    assert one(database, CARRYING) == 0


TWO: LiteralString = """
CREATE TABLE first (id int, birthplace text);
CREATE TABLE second (LIKE first);
INSERT INTO first SELECT n, 'Kent' FROM generate_series(1, 100) AS n;
INSERT INTO second SELECT * FROM first;
"""


@pytest.mark.parametrize(
    ("locations", "lock", "left"),
    [
        ((at("public.first.birthplace"), at("public.second.birthplace")), "LOCK TABLE first IN SHARE MODE", 100),
        ((at("public.first.birthplace"), at("public.second.birthplace")), "SELECT FROM first LIMIT 1", 0),
        ((whole("public.first"), whole("public.second")), "SELECT FROM first LIMIT 1", 100),
    ],
    ids=["batch", "proof", "truncate"],
)
def test_a_lock_kept_on_one_table_does_not_keep_the_others(
    database: str, locations: tuple[str, str], lock: LiteralString, left: int
) -> None:
    """The others are purged and proven. Then the run ends with the error of the lock; the next run resumes it."""
    tuning = Tuning(exclusive_lock_timeout="20ms", exclusive_lock_attempts=2, lock_timeouts_per_batch=2)
    execute(database, TWO)
    reported = list[str]()
    proven = "SELECT conrelid::regclass::text FROM pg_constraint WHERE conname LIKE 'minimize_proof%' ORDER BY 1"
    with psycopg.connect(database, application_name="reporting") as other:
        other.execute(lock)
        with pytest.raises(
            LockNotAvailableError, match=r"^(could not lock|erasing) public\.first.*reporting"
        ) as failed:
            purge(
                database,
                policy_of(*locations),
                on_progress=lambda progress: reported.append(progress.note or ""),
                tuning=tuning,
            )
    assert failed.value.exit_code == 3
    assert [note for note in reported if note] == [f"public.first is not done: {failed.value.message}"]
    assert one(database, "SELECT (SELECT count(birthplace) FROM first), (SELECT count(birthplace) FROM second)") == (
        left,
        0,
    )
    assert (fetch(database, proven), one(database, "SELECT state FROM minimize.purge_run")) == (["second"], "running")
    result = purge(database, policy_of(*locations))
    assert (result.run, result.is_complete, fetch(database, proven)) == (1, True, ["first", "second"])
