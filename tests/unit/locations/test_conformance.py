"""What every location kind provides, without a server. A new kind is tested without a change to this file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import minimize
from minimize.catalog.side_effects.trigger_analysis import Trigger, why_copies, why_copies_rows
from minimize.catalog.survey import Presence, Site
from minimize.lint.vocabulary import TableRef, Vocabulary
from minimize.locations import TableRow
from minimize.policy import Location
from tests.location_kinds import CASES, PAGES, KindCase, LabelLocation, registered


@pytest.fixture(params=CASES, ids=lambda case: case.kind.kind)
def case(request: pytest.FixtureRequest) -> Iterator[KindCase]:
    """Give each registered kind, and the throw-away kind."""
    found: KindCase = request.param
    with registered(found):
        yield found


def trigger(source: str) -> Trigger:
    """Return an AFTER row trigger in PL/pgSQL."""
    return Trigger(
        relation="lab.doc",
        name="t",
        function="lab.f",
        language="plpgsql",
        source=f"BEGIN {source} RETURN NULL; END",
        library=None,
        is_builtin=False,
        is_row=True,
        is_before=False,
        old_table=None,
        columns=[],
        arguments=b"",
    )


def test_a_kind_has_a_page_with_its_keys(case: KindCase) -> None:
    """docs/locations/<kind>.md has an example of this kind and names every policy key."""
    assert case.page, f"docs/locations/{case.kind.kind}.md does not exist"
    assert type(case.location) is case.kind
    missing = [key for key in case.kind.model_fields if f"`{key}`" not in case.page]
    assert missing == []


def test_every_page_is_of_a_kind() -> None:
    """No page describes a kind that does not exist."""
    kinds = {case.kind.kind for case in CASES if case.kind is not LabelLocation}
    assert {page.stem for page in PAGES.glob("*.md")} - {"index"} == kinds


def test_a_location_may_share_its_value_with_itself(case: KindCase) -> None:
    """Two tables with common rows need the same exceptions for the same location."""
    assert case.location.may_share_value(case.location)


def test_a_whole_contains_every_location_of_its_column(case: KindCase) -> None:
    """Erasing a whole column or table erases any part of it."""
    assert case.location.is_part or case.location.contains(case.location)


def test_a_trigger_that_leaves_the_name_out_copies_nothing(case: KindCase) -> None:
    """A copy of the row without the location's name is allowed, and a copy of the whole row is not."""
    location = case.location
    sites = [Site(field=case.policy.fields[0], location=location, presence=Presence.PRESENT, row=TableRow())]
    copied = trigger("INSERT INTO log VALUES (to_jsonb(OLD));")
    assert (why_copies_rows if location.is_whole_table else why_copies)(copied, sites) is not None
    if location.is_whole_table:
        # There is no name to leave out: the trigger must not read the row.
        assert why_copies_rows(trigger("INSERT INTO log VALUES (now());"), sites) is None
    else:
        name = location.name_in_copy
        assert name
        assert why_copies(trigger(f"PERFORM app.log(to_jsonb(OLD) - '{name}');"), sites) is None


def test_the_linter_knows_the_names_of_a_kind(case: KindCase) -> None:
    """The linter retires the keys inside a value, and the column only if all of it is retired."""
    location, vocabulary = case.location, Vocabulary(case.policy)
    field = case.policy.fields[0].id
    assert {vocabulary.json_key(key) for key in location.document_keys} <= {field}
    column = vocabulary.retired(location.column_name or "", TableRef("lab", "doc"))
    assert column == (field if location.is_whole_column else None)


def test_a_kind_in_python_finds_nothing_in_none(case: KindCase) -> None:
    """NULL carries nothing in Python either."""
    for column_type in case.column_types:
        assert not case.location.find_parts(None, column_type)


def test_every_kind_defines_what_it_accepts() -> None:
    """A kind that retires a part names the types whose parts it can read."""
    kinds: list[type[Location]] = [case.kind for case in CASES if case.kind.scope == "part"]
    assert [kind.kind for kind in kinds if not kind.column_types] == []


def test_no_other_module_knows_a_kind(case: KindCase) -> None:
    """No module outside `minimize.locations` names the class or the module of a kind."""
    source = Path(minimize.__file__).parent
    names = re.compile(rf"\b(?:{case.kind.__name__}|{re.escape(case.kind.__module__)})\b")
    others = [path for path in source.rglob("*.py") if path.parent != source / "locations"]
    assert len(others) > 100
    assert [str(path.relative_to(source)) for path in others if names.search(path.read_text())] == []
