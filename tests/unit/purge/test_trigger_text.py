"""Whether a trigger would copy the old row, judged by the text of its function."""

from __future__ import annotations

import pytest

from minimize.catalog.survey import Presence, Site
from minimize.catalog.triggers import UpdateTrigger, why_copies
from minimize.locations import TableRow
from tests.integration.purge.scenario import at, policy_of

WHOLE_ROW = "it takes the whole old row and does not leave out birthplace, pob"

FIELD = policy_of(at("app.person.birthplace"), at("app.person.doc", "$.person.pob")).fields[0]
SITES = [Site(FIELD, location, Presence.PRESENT, TableRow()) for location in FIELD.locations]


def judge(
    source: str, *, language: str = "plpgsql", old_table: str | None = None, is_builtin: bool = False
) -> str | None:
    """Return why a trigger with this function counts as copying."""
    trigger = UpdateTrigger("app.person", "t", "app.f", language, source, is_builtin, old_table is None, old_table, [])
    return why_copies(trigger, SITES)


def test_dynamic_sql_over_the_old_row_cannot_be_judged() -> None:
    """What a string says that is put together at run time is not known."""
    why = judge("BEGIN EXECUTE 'INSERT INTO log SELECT ($1).birthplace' USING OLD; RETURN NULL; END")
    assert why == "it takes the whole old row and runs dynamic SQL, which cannot be read"


@pytest.mark.parametrize(
    ("source", "why"),
    [
        (
            "BEGIN RAISE LOG 'birthplace pob'; INSERT INTO log VALUES (to_jsonb(OLD)); RETURN NULL; END",
            "not leave out",
        ),
        ("BEGIN INSERT INTO log SELECT birthplace FROM person WHERE id = OLD.id; RETURN NULL; END", "names birthplace"),
    ],
)
def test_a_mention_is_no_removal(source: str, why: str) -> None:
    """A name in a message takes nothing out, and a column may be read without OLD."""
    assert why in (judge(source) or "")


@pytest.mark.parametrize(
    "source",
    [
        "BEGIN INSERT INTO log SELECT to_jsonb(OLD); RETURN NULL; END",
        "BEGIN INSERT INTO log VALUES (OLD.*); RETURN NULL; END",
        "BEGIN INSERT INTO log SELECT (old).*; RETURN NULL; END",
        "BEGIN PERFORM app.log(OLD); RETURN NULL; END",
        "BEGIN NEW.history := NEW.history || to_jsonb(OLD); RETURN NEW; END",
        "BEGIN NEW.log_id := app.log(OLD); RETURN NEW; END",
        "BEGIN RAISE LOG 'was %', OLD; RETURN NEW; END",
        "DECLARE before ALIAS FOR old; BEGIN INSERT INTO log VALUES (before.*); RETURN NULL; END",
        "BEGIN INSERT INTO log VALUES ('a -- b', to_jsonb(OLD)); RETURN NULL; END",
        "BEGIN INSERT INTO log VALUES ('a /* b', to_jsonb(OLD), '*/'); RETURN NULL; END",
        "BEGIN INSERT INTO log SELECT to_jsonb(OLD) - 'birthplace_checked' - 'pobox'; RETURN NULL; END",
        "BEGIN IF OLD IS DISTINCT FROM NEW THEN INSERT INTO log VALUES (OLD.*); END IF; RETURN NULL; END",
    ],
)
def test_a_function_that_takes_the_whole_old_row_copies(source: str) -> None:
    """However the row is taken: written, handed on, kept in the row itself, or logged."""
    assert judge(source) == WHOLE_ROW


@pytest.mark.parametrize(
    ("source", "column"),
    [
        ("BEGIN INSERT INTO log VALUES (OLD.birthplace); RETURN NULL; END", "birthplace"),
        ('BEGIN INSERT INTO log VALUES (old . "birthplace"); RETURN NULL; END', "birthplace"),
        ("BEGIN INSERT INTO log VALUES (OLD.doc -> 'person'); RETURN NULL; END", "doc"),
        ("BEGIN NEW.former := OLD.birthplace; RETURN NEW; END", "birthplace"),
        (
            "BEGIN IF OLD.birthplace <> NEW.birthplace THEN INSERT INTO log VALUES (OLD.birthplace); END IF; END",
            "birthplace",
        ),
    ],
)
def test_a_function_that_reads_the_old_value_copies(source: str, column: str) -> None:
    """The column that it reads is named."""
    assert judge(source) == f"it reads OLD.{column}"


@pytest.mark.parametrize(
    "source",
    [
        "BEGIN NEW.updated_at := now(); RETURN NEW; END",
        "BEGIN IF OLD IS DISTINCT FROM NEW THEN NEW.updated_at := now(); END IF; RETURN NEW; END",
        "BEGIN IF TG_OP = 'UPDATE' AND OLD.* IS DISTINCT FROM NEW.* THEN NEW.seen := 1; END IF; RETURN NEW; END",
        "BEGIN IF NEW.birthplace IS DISTINCT FROM OLD.birthplace THEN NEW.seen := 1; END IF; RETURN NEW; END",
        "BEGIN IF NEW.birthplace <> OLD.birthplace THEN UPDATE counter SET n = n + 1; END IF; RETURN NEW; END",
        "BEGIN INSERT INTO log (id, at) VALUES (OLD.id, now()); RETURN NULL; END",
        "BEGIN INSERT INTO log SELECT to_jsonb(NEW); RETURN NULL; END",
        "BEGIN INSERT INTO log SELECT to_jsonb(OLD) - 'birthplace' #- '{doc,person,pob}'; RETURN NULL; END",
        "BEGIN -- OLD goes nowhere\n /* not even OLD */ PERFORM 1; RETURN NULL; END",
        "BEGIN IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END",
        "BEGIN INSERT INTO log VALUES (OLD.birthplace_checked); RETURN NULL; END",
    ],
)
def test_a_function_that_puts_the_old_value_nowhere_is_harmless(source: str) -> None:
    """Comparing, stamping, logging other columns, and stripping the key by name copy nothing."""
    assert judge(source) is None


def test_a_transition_table_is_the_old_rows() -> None:
    """What reads REFERENCING OLD TABLE takes whole rows, under whatever name."""
    source = "BEGIN INSERT INTO log SELECT * FROM gone; RETURN NULL; END"
    assert judge(source, old_table="gone") == WHOLE_ROW
    assert judge(source) is None


@pytest.mark.parametrize("language", ["c", "plpython3u", "plperl"])
def test_a_function_that_cannot_be_read_counts_as_copying(language: str) -> None:
    """What is not known to be harmless is not."""
    assert judge("f", language=language) == f"its function is in {language} and cannot be read"


def test_a_builtin_function_is_harmless() -> None:
    """PostgreSQL's own trigger functions write no old values elsewhere."""
    assert judge("suppress_redundant_updates_trigger", language="internal", is_builtin=True) is None
