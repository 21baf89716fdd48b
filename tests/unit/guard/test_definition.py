"""The guard as SQL text: its names, its digests, and what it leaves to PostgreSQL."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minimize.guard.check_constraint import check_name
from minimize.guard.column_requirements import drop_column_requirements
from minimize.guard.definition import Guard, guard_of_location
from minimize.guard.triggers import PREFIX, trigger_names
from minimize.locations import TableRow
from minimize.locations.column import ColumnLocation
from minimize.locations.json_path import JsonPathLocation
from minimize.policy import ColumnName, Field, Location, TableName

NAMES = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=63).filter(
    lambda name: len(name.encode()) <= 63
)


def field_of(field_id: str, location: Location) -> Field:
    """Return a retired field with one location."""
    return Field.model_validate({"id": field_id, "title": "t", "authorities": ["rule"], "locations": [location]})


def column(name: ColumnName) -> ColumnLocation:
    """Return a plain column."""
    return ColumnLocation(column=name)


PERSON = column(ColumnName("lab", "person", "birthplace"))


def guard(location: Location = PERSON, *, citations: str = "WAC 1", hosts: tuple[TableName, ...] = ()) -> Guard:
    """Return the guard of a location."""
    return guard_of_location(field_of("pob", location), location, TableRow(), citations, hosts)


@given(st.from_regex(r"[a-z0-9][a-z0-9_-]{0,80}", fullmatch=True), NAMES, NAMES, NAMES)
def test_names_fit_and_sort_last(field_id: str, schema: str, table: str, name: str) -> None:
    """Long names of field and column are not truncated; triggers sort last, the CHECK first."""
    location = column(ColumnName(schema, table, name))
    before, after = trigger_names(field_of(field_id, location), location)
    assert before != after
    for trigger in (before, after):
        assert len(trigger.encode()) <= 63
        assert trigger.encode() > b"zzz"
        assert trigger.startswith(PREFIX)
    check = check_name(field_of(field_id, location), location)
    assert len(check.encode()) <= 63
    assert check.encode() < b'"'


@pytest.mark.parametrize(
    ("mode", "events", "has_check"),
    [
        ("reject", ["BEFORE UPDATE", "AFTER INSERT OR UPDATE"], True),
        ("strip", ["BEFORE INSERT OR UPDATE", "AFTER INSERT OR UPDATE"], False),
        ("warn", ["BEFORE INSERT OR UPDATE"], False),
    ],
)
def test_each_mode_has_its_parts(mode: str, events: list[str], *, has_check: bool) -> None:
    """Only a CHECK can refuse an INSERT without a BEFORE trigger, and it can neither strip nor merely warn."""
    field = field_of("pob", PERSON).model_copy(update={"on_write": mode})
    made = guard_of_location(field, PERSON, TableRow(), "WAC 1")
    created = [trigger.create.as_string(None) for trigger in made.triggers]
    assert [text.split('" ')[1].split(" ON")[0] for text in created] == events
    assert (made.constraint in made.parts) is has_check
    installed = " ".join(statement.as_string(None) for statement in made.install())
    assert ("ADD CONSTRAINT" in installed) is has_check


@given(NAMES, NAMES)
def test_each_location_has_names_of_its_own(one: str, other: str) -> None:
    """Two columns never share a trigger, even where their names begin alike."""
    names = [
        trigger_names(field_of("pob", loc), loc) for loc in (column(ColumnName("lab", "t", n)) for n in (one, other))
    ]
    assert (names[0] == names[1]) == (one == other)


@given(NAMES, NAMES, NAMES, st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_no_name_breaks_out_of_its_quotes(schema: str, table: str, name: str, citation: str) -> None:
    """Quotes of every sort in names and citations stay inside quotes."""
    made = guard(column(ColumnName(schema, table, name)), citations=citation)
    for trigger in made.triggers:
        quoted = '"{}"."{}"'.format(schema.replace('"', '""'), table.replace('"', '""'))
        assert f" ON {quoted}\n" in trigger.create.as_string(None)


def test_the_digest_follows_what_the_guard_does() -> None:
    """The digest changes with the citation and the exceptions only."""
    digests = {
        guard().triggers[0].policy_digest,
        guard(citations="WAC 2").triggers[0].policy_digest,
        guard(PERSON.model_copy(update={"keep_where": {"a": "kind = 'EDL'"}})).triggers[0].policy_digest,
    }
    assert len(digests) == 3
    assert guard().triggers[0].policy_digest == guard().triggers[0].policy_digest


def test_triggers_fire_always() -> None:
    """Each trigger is enabled ALWAYS after it is created, and its comment is set after that."""
    for trigger in guard().triggers:
        create, enable, seal = (statement.as_string(None) for statement in trigger.install())
        assert create.startswith("CREATE OR REPLACE TRIGGER")
        assert "ENABLE ALWAYS TRIGGER" in enable
        assert "COMMENT ON TRIGGER" in seal


def test_every_host_has_triggers_of_its_own() -> None:
    """An inheritance child has the same triggers as its parent."""
    hosts = (TableName("lab", "person"), TableName("lab", "child"))
    made = guard(hosts=hosts)
    assert {trigger.table for trigger in made.triggers} == set(hosts)
    assert len({trigger.name for trigger in made.triggers}) == len(made.triggers) // 2


def test_only_a_plain_column_is_released() -> None:
    """NOT NULL and the default of a document stay."""
    assert "DROP NOT NULL" in next(iter(drop_column_requirements(PERSON))).as_string(None)
    document = JsonPathLocation.model_validate({"column": "lab.person.form", "json_path": "$.pob"})
    assert list(drop_column_requirements(document)) == []


@pytest.mark.parametrize("name", ["plain", 'qu"ote', "it's", "Ключ"])
def test_releasing_names_the_column(name: str) -> None:
    """The statement for partitions names it as a value, the one for the table as an identifier."""
    table, partitions = (s.as_string(None) for s in drop_column_requirements(column(ColumnName("lab", "t", name))))
    assert '"' + name.replace('"', '""') + '"' in table
    assert "'" + name.replace("'", "''") + "'" in partitions
