"""Analysing the source of a trigger function: whether it copies the old row, and what it assigns."""

from __future__ import annotations

import pytest

from minimize.catalog.side_effects.trigger_analysis import Trigger, assigned_columns, why_copies, why_copies_rows
from minimize.catalog.survey import Presence, Site
from minimize.locations import TableRow
from tests.integration.purge.scenario import at, policy_of, whole

WHOLE_ROW = "it uses the whole old row and does not remove birthplace, pob"

FIELD = policy_of(at("app.person.birthplace"), at("app.person.doc", "$.person.pob")).fields[0]
SITES = [
    Site(field=FIELD, location=location, presence=Presence.PRESENT, row=TableRow()) for location in FIELD.locations
]


def make(
    source: str,
    *,
    language: str = "plpgsql",
    old_table: str | None = None,
    library: str | None = None,
    is_builtin: bool = False,
    is_before: bool = False,
    arguments: bytes = b"",
) -> Trigger:
    """Return a trigger with this function."""
    return Trigger(
        relation="app.person",
        name="t",
        function="app.f",
        language=language,
        source=source,
        library=library,
        is_builtin=is_builtin,
        is_row=old_table is None,
        is_before=is_before,
        old_table=old_table,
        columns=[],
        arguments=arguments,
    )


def judge(
    source: str, *, language: str = "plpgsql", old_table: str | None = None, is_builtin: bool = False
) -> str | None:
    """Return why a trigger with this function is reported as copying."""
    trigger = make(source, language=language, old_table=old_table, is_builtin=is_builtin)
    return why_copies(trigger, SITES)


def test_dynamic_sql_with_the_old_row_is_reported() -> None:
    """Dynamic SQL is composed at run time, so its effect is unknown."""
    why = judge("BEGIN EXECUTE 'INSERT INTO log SELECT ($1).birthplace' USING OLD; RETURN NULL; END")
    assert why == "it uses the whole old row and runs dynamic SQL, which cannot be analysed"


@pytest.mark.parametrize(
    ("source", "why"),
    [
        (
            "BEGIN RAISE LOG 'birthplace pob'; INSERT INTO log VALUES (to_jsonb(OLD)); RETURN NULL; END",
            "not remove",
        ),
        ("BEGIN INSERT INTO log SELECT birthplace FROM person WHERE id = OLD.id; RETURN NULL; END", "names birthplace"),
    ],
)
def test_a_mention_does_not_count_as_removal(source: str, why: str) -> None:
    """A name in a message removes nothing, and a column can be read without OLD."""
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
def test_a_function_that_uses_the_whole_old_row_copies(source: str) -> None:
    """The whole old row is reported whether it is written, passed on, stored in NEW, or logged."""
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
    """The reason names the column that the function reads."""
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
def test_a_function_that_does_not_copy_is_harmless(source: str) -> None:
    """Comparing, assigning, logging other columns, and removing the key by name copy nothing."""
    assert judge(source) is None


def test_a_transition_table_is_the_old_rows() -> None:
    """A function that reads REFERENCING OLD TABLE uses whole rows, under any name."""
    source = "BEGIN INSERT INTO log SELECT * FROM gone; RETURN NULL; END"
    assert judge(source, old_table="gone") == WHOLE_ROW
    assert judge(source) is None


@pytest.mark.parametrize("language", ["c", "plpython3u", "plperl"])
def test_a_function_that_cannot_be_analysed_is_reported(language: str) -> None:
    """A function in an unknown language is reported."""
    assert judge("f", language=language) == f"its function is in {language} and cannot be analysed"


def test_a_builtin_function_is_harmless() -> None:
    """The trigger functions of PostgreSQL do not copy old values."""
    assert judge("suppress_redundant_updates_trigger", language="internal", is_builtin=True) is None


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("INSERT INTO log SELECT * FROM app.person WHERE id = NEW.id;", "it reads person before the row is changed"),
        ("INSERT INTO log SELECT to_jsonb(p) FROM person p WHERE id = NEW.id;", "it reads person before"),
        ("SELECT count(*) INTO n FROM person;", ""),
        ("INSERT INTO log SELECT * FROM office;", ""),
    ],
)
def test_a_before_trigger_may_read_the_old_row_from_the_table(source: str, why: str) -> None:
    """A BEFORE trigger can copy the old row from the table without OLD; an AFTER trigger cannot."""
    code = f"BEGIN {source} RETURN NEW; END"
    assert why in (why_copies(make(code, is_before=True), SITES) or "")
    assert bool(why) == bool(why_copies(make(code, is_before=True), SITES))
    assert why_copies(make(code), SITES) is None


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("INSERT INTO log VALUES (OLD.id);", "it reads OLD"),
        ("INSERT INTO log VALUES (to_jsonb(OLD) - 'birthplace');", "it reads OLD"),
        ("EXECUTE format('INSERT INTO log TABLE %s', TG_RELID);", "it runs dynamic SQL, which cannot be analysed"),
        ("INSERT INTO log SELECT id FROM person;", "it reads person before the rows are deleted"),
        ("RAISE LOG 'OLD person gone';", None),
    ],
)
def test_any_use_of_old_in_a_retired_table_is_reported(source: str, why: str | None) -> None:
    """If the whole table is retired, any use of OLD is reported, also without its retired columns."""
    sites = [
        Site(field=field, location=location, presence=Presence.PRESENT, row=TableRow())
        for field in policy_of(whole("app.person")).fields
        for location in field.locations
    ]
    assert why_copies_rows(make(f"BEGIN {source} RETURN OLD; END", is_before=True), sites) == why


@pytest.mark.parametrize(
    ("source", "columns"),
    [
        ("BEGIN NEW.seen := now(); RETURN NEW; END", {"seen"}),
        ('BEGIN NEW.Seen = now(); NEW."By" := user; RETURN NEW; END', {"seen", "By"}),
        ("BEGIN IF NEW.seen = OLD.seen THEN NEW.tags[1] := 'x'; END IF; RETURN NEW; END", {"tags"}),
        ("BEGIN SELECT a, now() INTO STRICT n, NEW.seen FROM b; RETURN NEW; END", {"seen"}),
        ("BEGIN IF NEW.seen = now() THEN RAISE LOG '; NEW.note := 1'; END IF; RETURN NEW; END", set()),
        ("BEGIN -- NEW.note := 1\n INSERT INTO log VALUES (NEW.id); RETURN COALESCE(NEW, OLD); END", set()),
        ("BEGIN NEW := jsonb_populate_record(NEW, changes); RETURN NEW; END", None),
        ("BEGIN RETURN NEW #= hstore('seen', now()::text); END", None),
        ("BEGIN SELECT * INTO NEW FROM stamped(NEW); RETURN NEW; END", None),
    ],
)
def test_assigned_columns_are_read_from_the_source(source: str, columns: set[str] | None) -> None:
    """Assignments count; comparisons and literals do not. A replaced NEW may change any column."""
    assert assigned_columns(make(source), {"birthplace"}) == columns


@pytest.mark.parametrize(
    ("symbol", "library", "arguments", "columns"),
    [
        ("moddatetime", "$libdir/moddatetime", b"seen\0", {"seen"}),
        ("lo_manage", "$libdir/lo", b"photo\0", set()),
        ("moddatetime", "$libdir/another", b"seen\0", None),
        ("versioning", "$libdir/temporal_tables", b"", None),
        ("tsvector_update_trigger_byid", None, b"words\0pg_catalog.english\0note\0birthplace\0", {"words"}),
        ("tsvector_update_trigger_byid", None, b"words\0pg_catalog.english\0note\0", set()),
    ],
)
def test_functions_in_c_are_known_by_symbol_and_library(
    symbol: str, library: str | None, arguments: bytes, columns: set[str] | None
) -> None:
    """Functions of PostgreSQL and contrib are known. Any other C function may copy and assign everything."""
    trigger = make(symbol, language="c", library=library, is_builtin=library is None, arguments=arguments)
    assert assigned_columns(trigger, {"birthplace"}) == columns
    assert (why_copies(trigger, SITES) is None) == (columns is not None)
